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
import { textOfBytes } from "../../http/byte-string.ts";
import type { HttpHeaders, HttpRequest, HttpResponse } from "../../http/http-message.ts";
import type { InvocationContext } from "../invocation-context.ts";

/** The request of an event, in the order in which CloudFront writes it. */
export type EventRequest = ViewerRequest & {
  readonly origin?: Origin;
  readonly body?: EventBody;
};

const BODY_METHODS: ReadonlySet<string> = new Set(["POST", "PUT", "PATCH", "DELETE"]);

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
