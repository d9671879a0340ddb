import { emptyHeaders } from "../../http/empty-headers.ts";
import { isDisallowedHeader } from "cf-rules";
import type { BytesByEvent } from "cf-rules";
import type {
  EventBody,
  EventConfig,
  EventHeaders,
  EventResponse,
  EventType,
  Origin,
  ViewerRequest,
} from "cf-types";
import { bytesOfText, textOfBytes } from "../../http/byte-string.ts";
import type { HttpHeaders, HttpRequest, HttpResponse } from "../../http/http-message.ts";
import type { InvocationContext } from "../invocation-context.ts";

/** The request of an event, in the order in which CloudFront writes it. */
export type EventRequest = ViewerRequest & {
  readonly origin?: Origin;
  readonly body?: EventBody;
};

/** Headers as a function sees them, and those that are hidden from it (LE-C-01). */
export interface VisibleHeaders {
  /** Values as text (LE-B-18); the very same object where that changes nothing and nothing is hidden. */
  readonly visible: HttpHeaders;
  readonly hidden: HttpHeaders | undefined;
}

const BODY_METHODS: ReadonlySet<string> = new Set(["POST", "PUT", "PATCH", "DELETE"]);

/** Parts the headers that functions may see from those that are disallowed. */
export function visibleHeaders(headers: HttpHeaders): VisibleHeaders {
  const names = Object.keys(headers);
  const hiddenNames = names.filter(isDisallowedHeader);
  if (hiddenNames.length === 0 && names.every((name) => isText(headers[name]))) {
    return { visible: headers, hidden: undefined };
  }
  const visible = emptyHeaders();
  const hidden = emptyHeaders();
  for (const name of names) {
    const lines = headers[name] ?? [];
    if (hiddenNames.includes(name)) hidden[name] = lines;
    else visible[name] = isText(lines) ? lines : lines.map(asText);
  }
  return { visible, hidden: hiddenNames.length === 0 ? undefined : hidden };
}

function isText(lines: HttpHeaders[string] = []): boolean {
  return lines.every(({ value }) => textOfBytes(value) === value);
}

function isAscii(lines: HttpHeaders[string]): boolean {
  return lines.every(({ value }) => bytesOfText(value) === value);
}

function asText({ key, value }: HttpHeaders[string][number]): HttpHeaders[string][number] {
  return { key, value: textOfBytes(value) };
}

/**
 * Returns the headers that go on, with those that were hidden from the function: what it left alone
 * in the bytes in which it came, the rest in UTF-8 (LE-B-19).
 */
export function headersAfter(
  accepted: EventHeaders,
  before: HttpHeaders,
  { visible, hidden }: VisibleHeaders,
): HttpHeaders {
  if (accepted === visible) return before;
  // Where nothing is hidden and everything is ASCII, text and bytes are the same.
  if (visible === before && Object.values(accepted).every(isAscii)) return accepted;
  const headers = emptyHeaders();
  for (const name of Object.keys(accepted)) {
    const lines = accepted[name] ?? [];
    const linesBefore = before[name] ?? [];
    headers[name] = lines === visible[name] ? linesBefore : linesAfter(lines, linesBefore);
  }
  return Object.assign(headers, hidden);
}

function linesAfter(lines: HttpHeaders[string], before: HttpHeaders[string]): HttpHeaders[string] {
  return lines.map((line, index) => {
    const sameText = [before[index], ...before].find(
      (candidate) => candidate !== undefined && textOfBytes(candidate.value) === line.value,
    );
    return { key: line.key, value: sameText?.value ?? bytesOfText(line.value) };
  });
}

/** Returns a text as it goes on: in its own bytes where the function left it alone (LE-B-19). */
export function bytesAfter(text: string, before: string): string {
  return textOfBytes(before) === text ? before : bytesOfText(text);
}

/** The types of events are those of what a function has, which may change it: it gets a copy, as JSON text. */
function asEventHeaders(headers: HttpHeaders): EventHeaders {
  return headers as EventHeaders;
}

/** Returns the request of an event. */
export function eventRequest(
  request: HttpRequest,
  headers: HttpHeaders,
  parts: { readonly origin?: Origin | undefined; readonly body?: EventBody | undefined } = {},
): EventRequest {
  const { clientIp, method } = request;
  const { origin, body } = parts;
  return {
    clientIp,
    headers: asEventHeaders(headers),
    method,
    ...(origin === undefined ? undefined : { origin }),
    querystring: textOfBytes(request.querystring),
    uri: textOfBytes(request.uri),
    ...(body === undefined ? undefined : { body }),
  };
}

/** Returns the body of a request event; undefined where the method has none (LE-B-20 to LE-B-23). */
export function eventBody(
  request: HttpRequest,
  eventType: "viewer-request" | "origin-request",
  exposedBodyBytes: BytesByEvent,
): EventBody | undefined {
  if (!BODY_METHODS.has(request.method)) {
    return undefined;
  }
  const bytes = request.body ?? new Uint8Array();
  const maxBytes = exposedBodyBytes[eventType === "viewer-request" ? "viewer" : "origin"];
  return {
    inputTruncated: bytes.length > maxBytes,
    action: "read-only",
    encoding: "base64",
    data: Buffer.from(bytes.subarray(0, maxBytes)).toString("base64"),
  };
}

/** Returns the response of an event; it has no body (LE-B-48, LE-B-49). */
export function eventResponse(response: HttpResponse, headers: HttpHeaders): EventResponse {
  return {
    headers: asEventHeaders(headers),
    status: String(response.status),
    statusDescription: textOfBytes(response.statusDescription),
  };
}

/**
 * Returns the JSON text of an event, its parts in the order in which CloudFront writes them (LE-B-01,
 * LE-B-02).
 *
 * @param messagesJson an object with the request and, at response events, the response
 */
export function eventJson(
  eventType: EventType,
  { distributionDomainName, distributionId, requestId }: InvocationContext,
  messagesJson: string,
): string {
  const config: EventConfig<EventType> = {
    distributionDomainName,
    distributionId,
    eventType,
    requestId,
  };
  return `{"Records":[{"cf":{"config":${JSON.stringify(config)},${messagesJson.slice(1)}}]}`;
}
