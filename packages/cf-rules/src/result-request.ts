import type { EventBody, EventHeaders, Origin, ViewerRequest } from "cf-types";
import type { LambdaEdgeQuotas } from "./quotas.ts";
import { checkBody } from "./result-body.ts";
import type { AcceptedBody } from "./result-body.ts";
import { checkHeaders } from "./result-headers.ts";
import { isJsonObject, quoteValue, violation } from "./result-violation.ts";
import type { ResultViolation, ResultWarning } from "./result-violation.ts";
import { viewerText } from "./viewer-text.ts";

/** The request in a request event. */
export type RequestInEvent = ViewerRequest & {
  readonly body?: EventBody;
  readonly origin?: Origin;
};

/** A request that goes on as a function returned it. */
export interface AcceptedRequest {
  readonly kind: "request";
  readonly uri: string;
  readonly querystring: string;
  /** The event's own object where nothing was changed. */
  readonly headers: EventHeaders;
  /** The body that replaces the viewer's; undefined keeps it. */
  readonly body: AcceptedBody | undefined;
  /** The origin that replaces the configured one; undefined keeps it. */
  readonly origin: Origin | undefined;
  readonly warnings: readonly ResultWarning[];
}

/** The parts of a request that are the same at both request events. */
export type CheckedRequest = Omit<AcceptedRequest, "origin" | "warnings">;

/** What a returned request is checked against. */
export interface RequestScope {
  readonly eventType: "viewer-request" | "origin-request";
  readonly request: RequestInEvent;
  readonly quotas: LambdaEdgeQuotas;
  readonly warnings: ResultWarning[];
}

type JsonObject = Readonly<Record<string, unknown>>;

// Spaces and control characters; more than these is not documented.
// oxlint-disable-next-line no-control-regex -- they are what is looked for
const FORBIDDEN_IN_URI = /[\u0000-\u0020\u007f]/;
// oxlint-disable-next-line no-control-regex -- they are what is looked for
const FORBIDDEN_IN_QUERYSTRING = /[\u0000-\u0020\u007f#]/;

/** Checks a returned request, apart from its origin. */
export function checkRequest(
  returned: JsonObject,
  scope: RequestScope,
): CheckedRequest | ResultViolation {
  const { request, warnings } = scope;
  warnReadOnlyFields(returned, request, warnings);
  const uri = returned["uri"];
  const querystring = readQuerystring(returned["querystring"], request, warnings);
  const wrong =
    (uri === request.uri ? undefined : checkUri(uri, warnings)) ??
    (querystring === request.querystring ? undefined : checkQuerystring(querystring, warnings));
  if (wrong !== undefined) {
    return wrong;
  }
  if (typeof uri !== "string" || typeof querystring !== "string") {
    return invalidUri(uri);
  }
  const tooLong = checkLength(uri, querystring, scope.quotas);
  if (tooLong !== undefined) {
    return tooLong;
  }
  const headers = readHeaders(returned["headers"], scope);
  if (headers.kind === "violation") {
    return headers;
  }
  const body = checkRequestBody(returned["body"], scope);
  return body.kind === "violation"
    ? body
    : { kind: "request", uri, querystring, headers: headers.headers, body: body.body };
}

function warnReadOnlyFields(
  returned: JsonObject,
  request: RequestInEvent,
  warnings: ResultWarning[],
): void {
  for (const [field, factId] of [
    ["method", "LE-B-05"],
    ["clientIp", "LE-B-04"],
  ] as const) {
    if (returned[field] !== undefined && returned[field] !== request[field]) {
      warnings.push({
        factId,
        message: `${field} is read-only: got ${quoteValue(returned[field])}. ${quoteValue(request[field])} stays.`,
      });
    }
  }
}

function readQuerystring(
  returned: unknown,
  request: RequestInEvent,
  warnings: ResultWarning[],
): unknown {
  if (returned !== undefined) {
    return returned;
  }
  if (request.querystring !== "") {
    warnings.push({
      factId: "LE-B-56",
      message: "querystring is missing in the result: it is taken as empty.",
    });
  }
  return "";
}

function readHeaders(returned: unknown, { eventType, request, warnings }: RequestScope) {
  if (returned === undefined) {
    warnings.push({
      factId: "LE-B-56",
      message: "headers are missing in the result: those of the event stay. Return them.",
    });
    return { kind: "headers", headers: request.headers } as const;
  }
  const checked = checkHeaders(returned, { eventType, eventHeaders: request.headers, warnings });
  if (
    checked.kind === "headers" &&
    Object.hasOwn(checked.headers, "set-cookie") &&
    !Object.hasOwn(request.headers, "set-cookie")
  ) {
    warnings.push({
      factId: "LE-D-20",
      message: "headers.set-cookie of a request goes to the origin, not to the viewer.",
    });
  }
  return checked;
}

function invalidUri(uri: unknown): ResultViolation {
  return violation(
    typeof uri === "string" ? "LE-B-11" : "LE-B-56",
    viewerText.uri,
    "uri",
    `is not a path: got ${quoteValue(uri)}. It starts with "/" and has neither spaces nor control characters.`,
  );
}

function checkUri(uri: unknown, warnings: ResultWarning[]): ResultViolation | undefined {
  if (typeof uri !== "string" || !uri.startsWith("/") || FORBIDDEN_IN_URI.test(uri)) {
    return invalidUri(uri);
  }
  if (/[?#]/.test(uri)) {
    warnings.push({
      factId: "LE-B-11",
      message: `uri is a path without query string and fragment: got ${quoteValue(uri)}. Use querystring.`,
    });
  }
  return undefined;
}

function checkQuerystring(
  querystring: unknown,
  warnings: ResultWarning[],
): ResultViolation | undefined {
  if (typeof querystring !== "string" || FORBIDDEN_IN_QUERYSTRING.test(querystring)) {
    return violation(
      "LE-B-09",
      viewerText.uri,
      "querystring",
      `is not allowed: got ${quoteValue(querystring)}. Use a string without spaces, control characters and "#".`,
    );
  }
  if (querystring.startsWith("?")) {
    warnings.push({
      factId: "LE-B-06",
      message: `querystring has no leading "?": got ${quoteValue(querystring)}.`,
    });
  }
  return undefined;
}

function checkLength(
  uri: string,
  querystring: string,
  quotas: LambdaEdgeQuotas,
): ResultViolation | undefined {
  const characters = uri.length + querystring.length;
  return characters < quotas.uriAndQuerystringCharacters
    ? undefined
    : violation(
        "LE-B-10",
        viewerText.uri,
        "uri",
        `and querystring are too long: got ${characters} characters. Fewer than ${quotas.uriAndQuerystringCharacters} are allowed.`,
      );
}

interface CheckedBody {
  readonly kind: "body";
  readonly body: AcceptedBody | undefined;
}

function checkRequestBody(returned: unknown, scope: RequestScope): CheckedBody | ResultViolation {
  const { eventType, request, quotas, warnings } = scope;
  if (returned === undefined) {
    return { kind: "body", body: undefined };
  }
  if (!isJsonObject(returned)) {
    return violation(
      "LE-B-21",
      viewerText.body,
      "body",
      `must be an object with action, encoding and data: got ${quoteValue(returned)}.`,
    );
  }
  const { action = "read-only", encoding, data } = returned;
  if (action === "read-only") {
    warnIgnoredBody(data, request, warnings);
    return { kind: "body", body: undefined };
  }
  if (action !== "replace") {
    return violation(
      "LE-B-21",
      viewerText.body,
      "body.action",
      `is not allowed: got ${quoteValue(action)}. Use "read-only" or "replace".`,
    );
  }
  const event = eventType === "viewer-request" ? "viewer" : "origin";
  const checked = checkBody(data, {
    subject: "body.data",
    encoding,
    defaultEncoding: "base64",
    encodingFactId: "LE-B-25",
    sizeFactId: "LE-B-26",
    maxBytes: (used) =>
      used === "text" ? quotas.replacedTextBodyBytes[event] : quotas.replacedBase64BodyBytes[event],
  });
  return "kind" in checked ? checked : { kind: "body", body: checked };
}

function warnIgnoredBody(data: unknown, request: RequestInEvent, warnings: ResultWarning[]): void {
  if (data !== undefined && data !== request.body?.data) {
    warnings.push({
      factId: "LE-B-24",
      message: 'body.data was changed while body.action is "read-only": the original body goes on.',
    });
  }
}
