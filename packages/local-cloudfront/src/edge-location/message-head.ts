import type { HttpHeaders, HttpRequest, HttpResponse } from "../http/http-message.ts";

/** A request without its body, which a record must not keep in memory. */
export interface RequestHead {
  readonly kind: "request";
  readonly method: string;
  readonly uri: string;
  readonly querystring: string;
  readonly headers: HttpHeaders;
  readonly bodyBytes: number;
}

/** A response without its body. */
export interface ResponseHead {
  readonly kind: "response";
  readonly status: number;
  readonly statusDescription: string;
  readonly headers: HttpHeaders;
  readonly bodyBytes: number;
  /** Whether the body broke off at the origin. */
  readonly isIncomplete?: boolean;
}

export type MessageHead = RequestHead | ResponseHead;

/** Returns what a record keeps of a request. */
export function requestHeadOf({
  method,
  uri,
  querystring,
  headers,
  body,
}: HttpRequest): RequestHead {
  const bodyBytes = body?.byteLength ?? 0;
  return { kind: "request", method, uri, querystring, headers, bodyBytes };
}

/** Returns what a record keeps of a response. */
export function responseHeadOf({
  status,
  statusDescription,
  headers,
  body,
  isIncomplete,
}: HttpResponse): ResponseHead {
  const bodyBytes = body.byteLength;
  const head: ResponseHead = { kind: "response", status, statusDescription, headers, bodyBytes };
  return isIncomplete === true ? { ...head, isIncomplete } : head;
}
