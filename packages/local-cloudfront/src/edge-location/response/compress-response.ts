import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import type { CacheBehavior } from "../../distribution/distribution.ts";
import type { HttpRequest, HttpResponse } from "../../http/http-message.ts";
import { normalizeAcceptEncoding } from "../../cache/cache-key.ts";
import { compressibleContentTypes } from "./compressible-content-types.ts";
import { headerValue, withHeaders, withoutHeaders } from "../http-headers.ts";

// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/ServingCompressedFiles.html#compressed-content-cloudfront-notes
// (CF-G-30)
const minBytes = 1000;
const maxBytes = 10_000_000;
const compressedStatuses: readonly number[] = [200, 403, 404];

/**
 * Compresses what came from the origin as CloudFront does: by status, size, content type and the
 * cache policy's encodings; Brotli before gzip (CF-G-30, CF-G-31).
 *
 * @param request its Accept-Encoding as viewer-request left it
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/ServingCompressedFiles.html
 */
export async function compressResponse(
  cacheBehavior: CacheBehavior,
  request: HttpRequest,
  response: HttpResponse,
): Promise<HttpResponse> {
  const { body: original } = response;
  // What is streamed is larger than what CloudFront compresses.
  if (!(original instanceof Uint8Array) || !isCompressible(cacheBehavior, response)) {
    return response;
  }
  const accepted = normalizeAcceptEncoding(cacheBehavior.cachePolicy, request.headers) ?? "";
  const encoding = (["br", "gzip"] as const).find((name) => accepted.includes(name));
  if (encoding === undefined) return response;
  const body =
    encoding === "br"
      ? await promisify(brotliCompress)(original, {
          params: { [constants.BROTLI_PARAM_QUALITY]: 5 },
        })
      : await promisify(gzip)(original);
  return { ...response, headers: compressedHeaders(response, encoding, body.byteLength), body };
}

function isCompressible(cacheBehavior: CacheBehavior, response: HttpResponse): boolean {
  if (!cacheBehavior.compress || !compressedStatuses.includes(response.status)) return false;
  if (headerValue(response.headers, "content-encoding") !== undefined) return false;
  // Without Content-Length from the origin CloudFront does not know the size and leaves the body as it is.
  if (headerValue(response.headers, "content-length") === undefined) return false;
  const bytes = response.body.byteLength;
  if (bytes < minBytes || bytes > maxBytes) return false;
  const contentType = headerValue(response.headers, "content-type")?.split(";", 1)[0]?.trim();
  return contentType !== undefined && compressibleContentTypes.has(contentType.toLowerCase());
}

function compressedHeaders(
  response: HttpResponse,
  encoding: string,
  bytes: number,
): HttpResponse["headers"] {
  const etag = headerValue(response.headers, "etag");
  const headers = withHeaders(withoutHeaders(response.headers, ["etag"]), {
    "Content-Encoding": encoding,
    "Content-Length": String(bytes),
    Vary: varyOnEncoding(headerValue(response.headers, "vary")),
  });
  const weakened = etag === undefined ? undefined : weakEtag(etag);
  return weakened === undefined ? headers : withHeaders(headers, { ETag: weakened });
}

function varyOnEncoding(vary: string | undefined): string {
  if (vary === undefined) return "Accept-Encoding";
  return /\baccept-encoding\b/i.test(vary) ? vary : `${vary}, Accept-Encoding`;
}

/** A strong validator becomes weak, a weak one stays as it is, an invalid one is dropped (CF-G-31). */
function weakEtag(etag: string): string | undefined {
  // RFC 9110, section 8.8.3.
  const [, weak, tag] = /^(W\/)?("[\x21\x23-\x7E\x80-\xFF]*")$/.exec(etag) ?? [];
  if (tag === undefined) return undefined;
  return weak === undefined ? `W/${tag}` : etag;
}
