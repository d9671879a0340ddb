import { addHeaderLine, emptyHeaders } from "../http/empty-headers.ts";
import { formatHttpDate } from "../http/http-date.ts";
import type { HttpResponse } from "../http/http-message.ts";
import type { EndpointRequest, EndpointResponse } from "./lambda-origin.ts";

/** An error that an endpoint responds with itself. */
export interface EndpointError {
  readonly status: number;
  /** Of the header `x-amzn-ErrorType`; undefined where there is none. */
  readonly errorType: string | undefined;
  /** JSON, or the text itself. */
  readonly body: string;
}

/** Returns the response of an endpoint, as far as HTTP knows it: a HEAD gets no body. */
export function endpointResponse(
  { request, clock }: EndpointRequest,
  status: number,
  headers: readonly (readonly [name: string, value: string])[],
  body: Uint8Array,
): HttpResponse {
  const lines = emptyHeaders();
  addHeaderLine(lines, "Date", formatHttpDate(clock.now()));
  for (const [name, value] of headers) addHeaderLine(lines, name, value);
  addHeaderLine(lines, "Content-Length", String(body.byteLength));
  const isHead = request.method === "HEAD";
  return {
    status,
    statusDescription: "",
    headers: lines,
    body: isHead ? new Uint8Array() : body,
  };
}

/**
 * Returns the response to what an endpoint refuses, or what its function failed at.
 *
 * @param reason a sentence for the developer: the viewer's text says little.
 */
export function errorResponse(
  asked: EndpointRequest,
  { status, errorType, body }: EndpointError,
  reason: string | undefined,
): EndpointResponse {
  const headers: (readonly [string, string])[] = [["Content-Type", "application/json"]];
  if (errorType !== undefined) headers.push(["x-amzn-ErrorType", errorType]);
  const response = endpointResponse(asked, status, headers, Buffer.from(body));
  return reason === undefined ? { response } : { response, reason };
}
