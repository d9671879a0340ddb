import type { HttpRequest, HttpResponse } from "../../http/http-message.ts";
import { joinBodies } from "../../http/streamed-body.ts";
import { readByteRanges, type ByteRange } from "./byte-ranges.ts";
import { headerValue, withHeaders } from "../http-headers.ts";
import { reasonPhrase } from "../reason-phrase.ts";

/**
 * Returns 206 with the part of an object that the viewer asked for, and with the object as it is
 * where CloudFront does not follow the range (CF-G-34). Of a compressed object, the offsets are
 * those of its compressed bytes (CF-G-35).
 *
 * FIDELITY CF-G-34: CloudFront asks the origin for the range alone, and returns 416 only where the
 * origin does. Here the whole object is fetched, and the range is answered from that.
 *
 * @param requestId separates the parts of a `multipart/byteranges` body
 * @returns `"unsatisfiable"` where all of the range lies beyond the object
 */
export function rangeResponse(
  viewerRequest: HttpRequest,
  response: HttpResponse,
  requestId: string,
): HttpResponse | "unsatisfiable" {
  const range = headerValue(viewerRequest.headers, "range");
  if (range === undefined || viewerRequest.method !== "GET" || response.status !== 200) {
    return response;
  }
  // A chunked response has no length: CloudFront returns the whole.
  if (headerValue(response.headers, "content-length") === undefined) return response;
  if (!ifRangeHolds(viewerRequest, response)) return response;
  const asked = readByteRanges(range, response.body.byteLength);
  switch (asked.kind) {
    case "whole":
      return response;
    case "unsatisfiable":
      return "unsatisfiable";
    case "parts": {
      const [first, ...others] = asked.parts;
      return others.length === 0
        ? onePart(response, first)
        : severalParts(response, asked.parts, `CloudFront-${requestId.replace(/=+$/, "")}`);
    }
  }
}

/** If-Range compares strongly: a weak ETag is never equal (RFC 9110, section 13.1.5). */
function ifRangeHolds(viewerRequest: HttpRequest, response: HttpResponse): boolean {
  const ifRange = headerValue(viewerRequest.headers, "if-range")?.trim();
  if (ifRange === undefined) return true;
  const validator = ifRange.startsWith('"') ? "etag" : "last-modified";
  return headerValue(response.headers, validator) === ifRange;
}

function onePart(response: HttpResponse, part: ByteRange): HttpResponse {
  return partial(response, response.body.subarray(part.first, part.last + 1), {
    "Content-Range": contentRange(part, response),
  });
}

function severalParts(
  response: HttpResponse,
  parts: readonly ByteRange[],
  boundary: string,
): HttpResponse {
  const contentType = headerValue(response.headers, "content-type");
  const pieces = parts.flatMap((part) => [
    Buffer.from(
      [
        `\r\n--${boundary}`,
        ...(contentType === undefined ? [] : [`Content-Type: ${contentType}`]),
        `Content-Range: ${contentRange(part, response)}`,
        "\r\n",
      ].join("\r\n"),
      "latin1",
    ),
    response.body.subarray(part.first, part.last + 1),
  ]);
  const body = joinBodies([...pieces, Buffer.from(`\r\n--${boundary}--\r\n`, "latin1")]);
  return partial(response, body, {
    "Content-Type": `multipart/byteranges; boundary=${boundary}`,
  });
}

function partial(
  response: HttpResponse,
  body: HttpResponse["body"],
  lines: Readonly<Record<string, string>>,
): HttpResponse {
  return {
    status: 206,
    statusDescription: reasonPhrase(206),
    headers: withHeaders(response.headers, { ...lines, "Content-Length": String(body.byteLength) }),
    body,
  };
}

function contentRange({ first, last }: ByteRange, { body }: HttpResponse): string {
  return `bytes ${first}-${last}/${body.byteLength}`;
}
