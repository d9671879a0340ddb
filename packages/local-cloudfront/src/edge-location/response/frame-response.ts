import type { HttpHeaders, HttpResponse } from "../../http/http-message.ts";
import { withHeaders, withoutHeaders } from "../http-headers.ts";

/** RFC 9110: these have no body, whatever a function wrote or left there. */
const bodilessStatuses: ReadonlySet<number> = new Set([204, 205, 304]);
const noBody = new Uint8Array();

/**
 * Returns a response that nobody can read in two ways: its Content-Length is that of its body. To
 * HEAD and with 304 it may speak of a body that is not here, and of a body that broke off it speaks
 * as if that were whole, so that the viewer misses the rest (CF-G-41).
 *
 * FIDELITY LE-C-06: AWS does not list Content-Length as read-only at origin-response, and does not
 * say what comes of a wrong one; here it is corrected.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-8.6
 */
export function frameResponse(method: string, response: HttpResponse): HttpResponse {
  const isBodiless = bodilessStatuses.has(response.status) || method === "HEAD";
  if (response.isIncomplete !== true) return framedWhole(method, response, isBodiless);
  return isBodiless
    ? framedWhole(method, { ...response, isIncomplete: false }, isBodiless)
    : framedForMore(response);
}

function framedWhole(method: string, response: HttpResponse, isBodiless: boolean): HttpResponse {
  const { status, headers } = response;
  const body = isBodiless ? noBody : response.body;
  const framed = (length: number): HttpResponse => ({
    ...response,
    headers: withLength(headers, length),
    body,
  });
  if (status === 204 || (status === 304 && !hasOneLength(headers))) {
    return { ...response, headers: withoutHeaders(headers, ["content-length"]), body };
  }
  if (status === 205) return framed(0);
  const mayBeElsewhere = (status === 304 || method === "HEAD") && response.body.byteLength === 0;
  return mayBeElsewhere && hasOneLength(headers)
    ? { ...response, body }
    : framed(response.body.byteLength);
}

function framedForMore(response: HttpResponse): HttpResponse {
  const { headers, body } = response;
  const saysMore = hasOneLength(headers) && lengthIn(headers) > body.byteLength;
  return saysMore
    ? response
    : { ...response, headers: withoutHeaders(headers, ["content-length"]) };
}

function lengthIn(headers: HttpHeaders): number {
  return Number(headers["content-length"]?.[0]?.value);
}

function hasOneLength(headers: HttpHeaders): boolean {
  const lines = headers["content-length"] ?? [];
  return lines.length === 1 && lines.every(({ value }) => /^\d+$/.test(value));
}

function withLength(headers: HttpHeaders, length: number): HttpHeaders {
  const [line, ...more] = headers["content-length"] ?? [];
  return line?.value === String(length) && more.length === 0
    ? headers
    : withHeaders(headers, { "Content-Length": String(length) });
}
