import type { CacheBehavior } from "../distribution/distribution.ts";
import type { HttpRequest, HttpResponse } from "../distribution/http-message.ts";
import { headerValue, withoutHeaders } from "./http-headers.ts";
import { reasonPhrase } from "./reason-phrase.ts";

/**
 * Answers 304 where the viewer already has the object. Not where cookies are forwarded: CloudFront
 * does not support conditional requests there (CF-G-06).
 */
export function answerConditional(
  cacheBehavior: CacheBehavior,
  viewerRequest: HttpRequest,
  response: HttpResponse,
): HttpResponse {
  if (response.status !== 200 || !["GET", "HEAD"].includes(viewerRequest.method)) return response;
  if (cacheBehavior.cachePolicy.cookies.behavior !== "none") return response;
  if (!isNotModified(viewerRequest, response)) return response;
  return {
    status: 304,
    statusDescription: reasonPhrase(304),
    headers: withoutHeaders(response.headers, [
      "content-length",
      "content-type",
      "content-encoding",
    ]),
    body: new Uint8Array(),
  };
}

/** RFC 9110, section 13.2.2: If-None-Match decides alone where it is present. */
function isNotModified(viewerRequest: HttpRequest, response: HttpResponse): boolean {
  const ifNoneMatch = headerValue(viewerRequest.headers, "if-none-match");
  const etag = headerValue(response.headers, "etag");
  if (ifNoneMatch !== undefined) {
    if (ifNoneMatch.trim() === "*") return true;
    if (etag === undefined) return false;
    return ifNoneMatch.split(",").some((tag) => opaqueTag(tag) === opaqueTag(etag));
  }
  const ifModifiedSince = Date.parse(headerValue(viewerRequest.headers, "if-modified-since") ?? "");
  const lastModified = Date.parse(headerValue(response.headers, "last-modified") ?? "");
  return lastModified <= ifModifiedSince;
}

function opaqueTag(etag: string): string {
  return etag.trim().replace(/^W\//, "");
}
