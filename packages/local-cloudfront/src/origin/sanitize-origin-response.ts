import { copyHeaders } from "../http/empty-headers.ts";
import type { CacheBehavior } from "../distribution/distribution.ts";
import type { MutableHeaders, HttpResponse } from "../http/http-message.ts";
import { forwardsCookies } from "../distribution/name-selection.ts";
import type { Origin } from "../distribution/origins.ts";
import { namedByPolicies } from "./forwarded-headers.ts";

/** Headers of one connection, and those that CloudFront writes by itself. */
const removedAlways: readonly string[] = [
  "connection",
  "keep-alive",
  "proxy-authenticate",
  "proxy-connection",
  "trailer",
  "upgrade",
  "via",
];

/** Removed from what S3 responds; other `x-amz-*` headers pass (CF-H-05). */
const s3RequestIds: readonly string[] = ["x-amz-id-2", "x-amz-request-id"];

const deviceHeaders = [
  "cloudfront-is-desktop-viewer",
  "cloudfront-is-mobile-viewer",
  "cloudfront-is-smarttv-viewer",
  "cloudfront-is-tablet-viewer",
] as const;

/**
 * Returns an origin's response without what CloudFront removes on the way to the viewer: headers of
 * the connection, Set-Cookie where cookies are not forwarded (CF-G-40), and the
 * names in Vary that it does not act on (CF-G-26).
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/RequestAndResponseBehaviorCustomOrigin.html#ResponseCustomRemovedHeaders
 */
export function sanitizeOriginResponse(
  cacheBehavior: CacheBehavior,
  response: HttpResponse,
): HttpResponse {
  const headers = copyHeaders(response.headers);
  for (const name of removedAlways) delete headers[name];
  if (!forwardsCookies(cacheBehavior)) delete headers["set-cookie"];
  if (headers["transfer-encoding"] !== undefined) {
    headers["transfer-encoding"] = [{ key: "Transfer-Encoding", value: "chunked" }];
  }
  keepVary(cacheBehavior, headers);
  return { ...response, headers };
}

/**
 * Returns a response without S3's request ids, where an S3 origin gave it. Origin-response still
 * sees them, viewers do not (CF-H-04).
 */
export function withoutS3RequestIds(
  response: HttpResponse,
  originKind: Origin["kind"],
): HttpResponse {
  if (originKind !== "s3" || !s3RequestIds.some((name) => name in response.headers)) {
    return response;
  }
  const headers = copyHeaders(response.headers);
  for (const name of s3RequestIds) delete headers[name];
  return { ...response, headers };
}

function keepVary(cacheBehavior: CacheBehavior, headers: MutableHeaders): void {
  const lines = headers["vary"];
  if (lines === undefined) return;
  const kept = lines
    .flatMap(({ value }) => value.split(","))
    .map((name) => name.trim())
    .filter((name) => keepsVaryName(cacheBehavior, name.toLowerCase()));
  if (kept.length === 0) delete headers["vary"];
  else headers["vary"] = [{ key: "Vary", value: kept.join(", ") }];
}

function keepsVaryName(cacheBehavior: CacheBehavior, name: string): boolean {
  switch (name) {
    case "":
      return false;
    case "*":
      return cacheBehavior.cachePolicy.minTtlSeconds === 0;
    case "accept-encoding":
    case "cookie":
      return true;
    case "user-agent":
      return ["user-agent", ...deviceHeaders].some((header) =>
        namedByPolicies(cacheBehavior, header),
      );
    default:
      return namedByPolicies(cacheBehavior, name);
  }
}
