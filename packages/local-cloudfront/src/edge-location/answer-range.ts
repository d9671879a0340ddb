import type { HttpRequest, HttpResponse } from "../distribution/http-message.ts";
import { headerValue, withHeaders } from "./http-headers.ts";
import { reasonPhrase } from "./reason-phrase.ts";

/**
 * Answers 206 with the part of the object that the viewer asked for; a range that cannot be had is
 * answered with the whole object (CF-G-34).
 */
export function answerRange(viewerRequest: HttpRequest, response: HttpResponse): HttpResponse {
  const range = headerValue(viewerRequest.headers, "range");
  if (range === undefined || viewerRequest.method !== "GET" || response.status !== 200) {
    return response;
  }
  if (headerValue(response.headers, "content-length") === undefined) return response;
  if (!ifRangeHolds(viewerRequest, response)) return response;
  const totalBytes = response.body.byteLength;
  const bounds = parseByteRange(range, totalBytes);
  if (bounds === undefined) return response;
  const body = response.body.subarray(bounds.first, bounds.last + 1);
  return {
    status: 206,
    statusDescription: reasonPhrase(206),
    headers: withHeaders(response.headers, {
      "Content-Range": `bytes ${bounds.first}-${bounds.last}/${totalBytes}`,
      "Content-Length": String(body.byteLength),
    }),
    body,
  };
}

function ifRangeHolds(viewerRequest: HttpRequest, response: HttpResponse): boolean {
  const ifRange = headerValue(viewerRequest.headers, "if-range");
  if (ifRange === undefined) return true;
  const validator = ifRange.startsWith('"') ? "etag" : "last-modified";
  return headerValue(response.headers, validator) === ifRange;
}

/** Reads a single `bytes=` range; undefined for anything else, and for what lies beyond the object. */
function parseByteRange(
  range: string,
  totalBytes: number,
): { readonly first: number; readonly last: number } | undefined {
  const match = /^bytes=(\d*)-(\d*)$/.exec(range.trim());
  if (match === null) return undefined;
  const [, from = "", to = ""] = match;
  if (from === "" && to === "") return undefined;
  const first = from === "" ? Math.max(0, totalBytes - Number(to)) : Number(from);
  const last = from === "" || to === "" ? totalBytes - 1 : Math.min(Number(to), totalBytes - 1);
  return first <= last && first < totalBytes ? { first, last } : undefined;
}
