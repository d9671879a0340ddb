import type {
  CloudFrontFunctionEventRequest,
  CloudFrontFunctionEventResponse,
  CloudFrontFunctionViewerRequestEvent,
  CloudFrontFunctionViewerResponseEvent,
} from "cf-types";
import { textOfBytes } from "../../http/byte-string.ts";
import { addHeaderLine, copyHeaders } from "../../http/empty-headers.ts";
import type { HttpHeaders, HttpRequest, HttpResponse } from "../../http/http-message.ts";
import { viaHost } from "../../http/via-host.ts";
import { visibleHeaders } from "../../http/visible-headers.ts";
import type { CloudFrontFunctionEventType } from "../cloudfront-function.ts";
import type { InvocationEvent } from "../invocation-event.ts";
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

/** The event of one request or response, which is made as far as it is read. */
export class LazyViewerEvent implements InvocationEvent {
  readonly eventType: CloudFrontFunctionEventType;
  readonly head: string;
  readonly #identity: EventIdentity;
  readonly #request: HttpRequest;
  readonly #response: HttpResponse | undefined;
  #whole: ViewerEvent | undefined;

  /** @param response at viewer-response only */
  constructor(identity: EventIdentity, request: HttpRequest, response?: HttpResponse) {
    this.eventType = response === undefined ? "viewer-request" : "viewer-response";
    this.#identity = identity;
    this.#request = request;
    this.#response = response;
    this.head = JSON.stringify(
      response === undefined
        ? [request.method, textOfBytes(request.uri)]
        : [response.status, textOfBytes(response.statusDescription)],
    );
  }

  /** Of the request. */
  get method(): string {
    return this.#request.method;
  }

  get whole(): ViewerEvent {
    return (this.#whole ??= this.#make());
  }

  #make(): ViewerEvent {
    const { distributionDomainName, distributionId, requestId } = this.#identity;
    const { eventType } = this;
    const head = {
      version: "1.0",
      context: { distributionDomainName, distributionId, eventType, requestId },
      viewer: { ip: this.#request.clientIp },
      request: eventRequest(this.#request),
    };
    const response = this.#response && {
      response: eventResponse(withVia(this.#response, this.#identity)),
    };
    return { ...head, ...response } as ViewerEvent;
  }
}

function eventRequest(request: HttpRequest): EventRequest {
  const { visible } = visibleHeaders(request.headers);
  return {
    method: request.method,
    uri: textOfBytes(request.uri),
    querystring: queryStringToEvent(request.querystring),
    headers: headersToEvent(withPlainHost(visible)),
    cookies: cookiesToEvent(visible),
  };
}

/** Returns the response of an event; it has no body (FN-I-12). */
function eventResponse(response: HttpResponse): CloudFrontFunctionEventResponse {
  const { visible } = visibleHeaders(response.headers);
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

/** Shows the line that CloudFront adds to each response: to leave it out is to delete it (FN-I-38). */
export function withVia(
  response: HttpResponse,
  { distributionDomainName }: Pick<EventIdentity, "distributionDomainName">,
): HttpResponse {
  const headers = copyHeaders(response.headers);
  addHeaderLine(headers, "Via", `1.1 ${viaHost(distributionDomainName)} (CloudFront)`);
  return { ...response, headers };
}
