import { isDisallowedHeader } from "cf-rules";
import type { BytesByEvent } from "cf-rules";
import type {
  EventBody,
  EventHeaders,
  EventResponse,
  EventType,
  Origin,
  ViewerRequest,
} from "cf-types";
import type { HttpHeaders, HttpRequest, HttpResponse } from "../distribution/http-message.ts";
import type { InvocationContext } from "./function-runner.ts";

/** The request of an event, in the order in which CloudFront writes it. */
export type EventRequest = ViewerRequest & {
  readonly origin?: Origin;
  readonly body?: EventBody;
};

/** Headers as a function sees them, and those that are hidden from it (LE-C-01). */
export interface VisibleHeaders {
  /** The very same object where nothing is hidden. */
  readonly visible: EventHeaders;
  readonly hidden: HttpHeaders | undefined;
}

const BODY_METHODS: ReadonlySet<string> = new Set(["POST", "PUT", "PATCH", "DELETE"]);

/** Parts the headers that functions may see from those that are disallowed. */
export function visibleHeaders(headers: HttpHeaders): VisibleHeaders {
  const names = Object.keys(headers);
  const hiddenNames = names.filter(isDisallowedHeader);
  if (hiddenNames.length === 0) {
    return { visible: headers, hidden: undefined };
  }
  const visible: HttpHeaders = Object.create(null);
  const hidden: HttpHeaders = Object.create(null);
  for (const name of names) {
    (hiddenNames.includes(name) ? hidden : visible)[name] = headers[name] ?? [];
  }
  return { visible, hidden };
}

/** Returns headers with those that were hidden from the function. */
export function withHiddenHeaders(
  headers: EventHeaders,
  hidden: HttpHeaders | undefined,
): HttpHeaders {
  return hidden === undefined ? headers : Object.assign(Object.create(null), headers, hidden);
}

/** Returns the request of an event. */
export function eventRequest(
  request: HttpRequest,
  headers: EventHeaders,
  parts: { readonly origin?: Origin | undefined; readonly body?: EventBody | undefined } = {},
): EventRequest {
  const { clientIp, method, querystring, uri } = request;
  const { origin, body } = parts;
  return {
    clientIp,
    headers,
    method,
    ...(origin === undefined ? undefined : { origin }),
    querystring,
    uri,
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
export function eventResponse(response: HttpResponse, headers: EventHeaders): EventResponse {
  return {
    headers,
    status: String(response.status),
    statusDescription: response.statusDescription,
  };
}

/** Returns the JSON text of an event from the JSON texts of its parts (LE-B-01, LE-B-02). */
export function eventJson(
  eventType: EventType,
  context: InvocationContext,
  requestJson: string,
  responseJson?: string,
): string {
  const config = JSON.stringify({
    distributionDomainName: context.distributionDomainName,
    distributionId: context.distributionId,
    eventType,
    requestId: context.requestId,
  });
  const response = responseJson === undefined ? "" : `,"response":${responseJson}`;
  return `{"Records":[{"cf":{"config":${config},"request":${requestJson}${response}}}]}`;
}
