import type {
  CloudFrontFunctionEventRequest,
  CloudFrontFunctionEventResponse,
  CloudFrontFunctionViewerRequestEvent,
  CloudFrontFunctionViewerResponseEvent,
} from "cf-types";
import { textOfBytes } from "../../http/byte-string.ts";
import { copyHeaders } from "../../http/empty-headers.ts";
import type { HttpHeaders, HttpRequest, HttpResponse } from "../../http/http-message.ts";
import type { CloudFrontFunctionEventType } from "../cloudfront-function.ts";
import {
  cookiesToEvent,
  headersToEvent,
  queryStringToEvent,
  setCookiesToEvent,
} from "./message-parts.ts";

/** The request of an event as JSON has it: `rawQueryString` is a function. */
export type EventRequest = Omit<CloudFrontFunctionEventRequest, "rawQueryString">;

/** An event as JSON has it. */
export type ViewerEvent =
  | (Omit<CloudFrontFunctionViewerRequestEvent, "request"> & { readonly request: EventRequest })
  | (Omit<CloudFrontFunctionViewerResponseEvent, "request"> & { readonly request: EventRequest });

/** What every event says of its distribution and request (FN-I-01). */
export interface EventIdentity {
  readonly distributionId: string;
  readonly distributionDomainName: string;
  readonly requestId: string;
}

/** Returns what an event begins with. */
export function eventHead<Type extends CloudFrontFunctionEventType>(
  eventType: Type,
  { distributionDomainName, distributionId, requestId }: EventIdentity,
  ip: string,
) {
  return {
    version: "1.0",
    context: { distributionDomainName, distributionId, eventType, requestId },
    viewer: { ip },
  } as const;
}

/**
 * Returns the request of an event.
 *
 * @param visible the headers that functions may see
 */
export function eventRequest(request: HttpRequest, visible: HttpHeaders): EventRequest {
  return {
    method: request.method,
    uri: textOfBytes(request.uri),
    querystring: queryStringToEvent(request.querystring),
    headers: headersToEvent(withPlainHost(visible)),
    cookies: cookiesToEvent(visible),
  };
}

/** Returns the response of an event; it has no body (FN-I-12). */
export function eventResponse(
  response: HttpResponse,
  visible: HttpHeaders,
): CloudFrontFunctionEventResponse {
  return {
    statusCode: response.status,
    statusDescription: textOfBytes(response.statusDescription),
    headers: headersToEvent(visible),
    cookies: setCookiesToEvent(visible),
  };
}

/** A domain name of CloudFront's own comes in lower case, without port and trailing dot (FN-I-39). */
function withPlainHost(headers: HttpHeaders): HttpHeaders {
  const [host] = headers["host"] ?? [];
  const [, plain] = /^([^:]+\.cloudfront\.net)\.?(?::\d+)?$/i.exec(host?.value ?? "") ?? [];
  if (host === undefined || plain === undefined) return headers;
  const copy = copyHeaders(headers);
  copy["host"] = [{ key: host.key, value: plain.toLowerCase() }];
  return copy;
}
