import type { EventHeaders, EventResponse, EventType } from "cf-types";
import type { LambdaEdgeQuotas } from "./quotas.ts";
import { checkBody, utf8Bytes } from "./result-body.ts";
import type { AcceptedBody } from "./result-body.ts";
import { checkHeaders } from "./result-headers.ts";
import { quoteValue, violation } from "./result-violation.ts";
import type { ResultViolation, ResultWarning } from "./result-violation.ts";
import { viewerText } from "./viewer-text.ts";

/** A response as a function returned it. */
export interface AcceptedResponse {
  readonly kind: "generated-response" | "response";
  readonly status: number;
  /** Empty where the function gave none. */
  readonly statusDescription: string;
  /** The event's own object where nothing was changed. */
  readonly headers: EventHeaders;
  /** The body that the function gave; undefined where it gave none. */
  readonly body: AcceptedBody | undefined;
  readonly warnings: readonly ResultWarning[];
}

/** What a returned response is checked against. */
export interface ResponseScope {
  readonly eventType: EventType;
  /** The response in the event; undefined where a request function generates one. */
  readonly response: EventResponse | undefined;
  readonly quotas: LambdaEdgeQuotas;
  readonly warnings: ResultWarning[];
}

type JsonObject = Readonly<Record<string, unknown>>;

// oxlint-disable-next-line no-control-regex -- they are what is looked for
const CONTROL_CHARACTER = /[\u0000-\u0008\u000a-\u001f\u007f]/;

/** Checks a response that a request function generated or a response function returned. */
export function checkResponse(
  returned: JsonObject,
  scope: ResponseScope,
): AcceptedResponse | ResultViolation {
  const { eventType, response, warnings } = scope;
  const status = readStatus(returned["status"], warnings);
  if (typeof status !== "number") {
    return status;
  }
  const statusDescription = readStatusDescription(returned["statusDescription"]);
  if (typeof statusDescription !== "string") {
    return statusDescription;
  }
  const headers = checkHeaders(returned["headers"] ?? {}, {
    eventType,
    eventHeaders: response?.headers,
    warnings,
  });
  if (headers.kind === "violation") {
    return headers;
  }
  const body = checkResponseBody(returned, status, headers.headers, scope);
  if (body !== undefined && "kind" in body) {
    return body;
  }
  const accepted: AcceptedResponse = {
    kind: response === undefined ? "generated-response" : "response",
    status,
    statusDescription,
    headers: headers.headers,
    body,
    warnings,
  };
  return eventType === "viewer-response" && response !== undefined
    ? keepViewerResponse(accepted, response, warnings)
    : accepted;
}

function readStatus(status: unknown, warnings: ResultWarning[]): number | ResultViolation {
  if (status === undefined) {
    return violation(
      "LE-B-53",
      viewerText.invalidResult,
      "The result",
      "is not a response: status is missing. Return the event's response, changed or not.",
    );
  }
  const isNumber = typeof status === "number";
  const text = isNumber ? String(status) : status;
  if (typeof text !== "string" || !/^[2-5]\d\d$/.test(text)) {
    return violation(
      "LE-D-03",
      viewerText.invalidResult,
      "status",
      `is not allowed: got ${quoteValue(status)}. Use "200" to "599".`,
    );
  }
  if (isNumber) {
    warnings.push({
      factId: "LE-D-02",
      message: `status is documented as a string: got ${status}. Write "${status}".`,
    });
  }
  return Number(text);
}

function readStatusDescription(statusDescription: unknown): string | ResultViolation {
  if (statusDescription === undefined || statusDescription === null) {
    return "";
  }
  if (typeof statusDescription !== "string" || CONTROL_CHARACTER.test(statusDescription)) {
    return violation(
      "LE-D-04",
      viewerText.invalidResult,
      "statusDescription",
      `must be a string without control characters: got ${quoteValue(statusDescription)}.`,
    );
  }
  return statusDescription;
}

function checkResponseBody(
  returned: JsonObject,
  status: number,
  headers: EventHeaders,
  { eventType, response, quotas, warnings }: ResponseScope,
): AcceptedBody | ResultViolation | undefined {
  const data = returned["body"];
  if (data === undefined) {
    return undefined;
  }
  if (eventType === "viewer-response") {
    return violation(
      "LE-D-17",
      viewerText.body,
      "body",
      `cannot be set at viewer-response: got ${quoteValue(data)}. Set it at origin-response.`,
    );
  }
  if (status === 204 && data !== "") {
    const problem = `must be empty with status 204: got ${quoteValue(data)}.`;
    if (eventType === "viewer-request") {
      return violation("LE-D-06", viewerText.body, "body", problem);
    }
    warnings.push({ factId: "LE-D-07", message: `body ${problem}` });
  }
  const event = eventType === "viewer-request" ? "viewer" : "origin";
  const headerBytes = response === undefined ? bytesOfHeaders(headers) : 0;
  const maxBytes = Math.max(0, quotas.generatedResponseBytes[event] - headerBytes);
  return checkBody(data, {
    subject: "body",
    encoding: returned["bodyEncoding"],
    defaultEncoding: "text",
    encodingFactId: "LE-D-05",
    sizeFactId: response === undefined ? "LE-D-08" : "LE-D-15",
    maxBytes: () => maxBytes,
  });
}

/** Headers as they are written: `name: value` and the line's end. */
function bytesOfHeaders(headers: EventHeaders): number {
  let bytes = 0;
  for (const lines of Object.values(headers)) {
    for (const { key, value } of lines) {
      bytes += key.length + utf8Bytes(value) + 4;
    }
  }
  return bytes;
}

/** At viewer-response the status is the event's own (LE-D-16). */
function keepViewerResponse(
  accepted: AcceptedResponse,
  response: EventResponse,
  warnings: ResultWarning[],
): AcceptedResponse | ResultViolation {
  if (String(accepted.status) !== response.status) {
    return violation(
      "LE-D-16",
      viewerText.invalidResult,
      "status",
      `cannot be changed at viewer-response: got ${quoteValue(accepted.status)} for ${quoteValue(response.status)}. Change it at origin-response.`,
    );
  }
  if (
    accepted.statusDescription !== "" &&
    accepted.statusDescription !== response.statusDescription
  ) {
    warnings.push({
      factId: "LE-D-16",
      message: `statusDescription cannot be changed at viewer-response: ${quoteValue(response.statusDescription)} stays.`,
    });
  }
  return { ...accepted, statusDescription: response.statusDescription };
}
