import type { HttpHeaders } from "../http/http-message.ts";
import type { CachePolicy } from "./policies.ts";

/** What CloudFront makes of a viewer's Accept-Encoding. */
export type NormalizedAcceptEncoding = "br,gzip" | "br" | "gzip";

/** Returns whether the cache policy makes CloudFront handle Accept-Encoding by itself. */
export function normalizesAcceptEncoding(cachePolicy: CachePolicy): boolean {
  return cachePolicy.enableAcceptEncodingGzip || cachePolicy.enableAcceptEncodingBrotli;
}

/**
 * Returns the Accept-Encoding that is part of the cache key and goes to the origin; undefined where
 * the viewer accepts nothing that the cache policy enables (CF-G-28, CF-G-29).
 *
 * FIDELITY CF-G-28: AWS does not speak of weights; an encoding with `q=0` is not accepted here.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cache-key-understand-cache-policy.html#cache-policy-compressed-objects
 */
export function normalizeAcceptEncoding(
  cachePolicy: CachePolicy,
  headers: HttpHeaders,
): NormalizedAcceptEncoding | undefined {
  const lines = headers["accept-encoding"];
  if (lines === undefined || !normalizesAcceptEncoding(cachePolicy)) return undefined;
  const accepted = lines.flatMap(({ value }) => value.split(",")).map(acceptedEncoding);
  const brotli = cachePolicy.enableAcceptEncodingBrotli && accepted.includes("br");
  const gzip = cachePolicy.enableAcceptEncodingGzip && accepted.includes("gzip");
  if (brotli) return gzip ? "br,gzip" : "br";
  return gzip ? "gzip" : undefined;
}

function acceptedEncoding(element: string): string | undefined {
  const [encoding = "", ...parameters] = element.split(";");
  const isRefused = parameters.some((parameter) => /^\s*q\s*=\s*0(?:\.0*)?\s*$/i.test(parameter));
  return isRefused ? undefined : encoding.trim().toLowerCase();
}
