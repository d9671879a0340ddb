import type { CacheBehavior } from "../../distribution/distribution.ts";
import { parseHttpDate } from "../../http/http-date.ts";
import type { HttpRequest, HttpResponse } from "../../http/http-message.ts";
import { forwardsCookies } from "../../distribution/name-selection.ts";
import { headerValue, withoutHeaders } from "../http-headers.ts";
import { reasonPhrase } from "../reason-phrase.ts";

/**
 * Returns 304 where the viewer already has the object. Not where cookies are forwarded, all or some:
 * CloudFront does not support conditional requests there (CF-G-06).
 */
export function conditionalResponse(
  cacheBehavior: CacheBehavior,
  viewerRequest: HttpRequest,
  response: HttpResponse,
): HttpResponse {
  if (response.status !== 200 || !["GET", "HEAD"].includes(viewerRequest.method)) return response;
  if (forwardsCookies(cacheBehavior) || !isNotModified(viewerRequest, response)) return response;
  return {
    status: 304,
    statusDescription: reasonPhrase(304),
    headers: withoutHeaders(response.headers, [
      "content-encoding",
      "content-length",
      "content-type",
      "transfer-encoding",
    ]),
    body: new Uint8Array(),
  };
}

/** If-None-Match decides alone where it is present (RFC 9110, section 13.2.2). */
function isNotModified({ headers }: HttpRequest, response: HttpResponse): boolean {
  const ifNoneMatch = headers["if-none-match"]?.map(({ value }) => value).join(",");
  if (ifNoneMatch !== undefined) {
    if (ifNoneMatch.trim() === "*") return true;
    const etag = headerValue(response.headers, "etag");
    if (etag === undefined) return false;
    return ifNoneMatch.split(",").some((tag) => opaqueTag(tag) === opaqueTag(etag));
  }
  const since = headerValue(headers, "if-modified-since");
  if (since === undefined) return false;
  const ifModifiedSince = parseHttpDate(since);
  const lastModified = parseHttpDate(headerValue(response.headers, "last-modified") ?? "");
  if (ifModifiedSince === undefined || lastModified === undefined) return false;
  return lastModified <= ifModifiedSince;
}

/** The weak comparison of RFC 9110, section 8.8.3.2. */
function opaqueTag(etag: string): string {
  return etag.trim().replace(/^W\//, "");
}
