import type { CacheBehavior } from "../distribution/distribution.ts";

// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/RequestAndResponseBehaviorCustomOrigin.html#request-custom-headers-behavior
// FIDELITY LE-B-45: the page lists Origin as forwarded too, while its section on CORS has the reader
// configure it; like any header that is not in the page's table, it needs a policy here.
const forwardedByDefault: ReadonlySet<string> = new Set([
  "cache-control",
  "content-length",
  "content-md5",
  "content-type",
  "date",
  "from",
  "if-match",
  "if-modified-since",
  "if-none-match",
  "if-range",
  "if-unmodified-since",
  "max-forwards",
  "pragma",
  "range",
  "request-range",
  "transfer-encoding",
  "warning",
]);

/** Never forwarded as the viewer sent them: removed, or written by CloudFront itself. */
const neverForwarded: ReadonlySet<string> = new Set([
  "connection",
  "cookie",
  "expect",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authorization",
  "proxy-connection",
  "te",
  "trailer",
  "upgrade",
  "via",
  "x-forwarded-for",
  "x-forwarded-proto",
  "x-real-ip",
]);
const neverForwardedPrefixes = ["cloudfront-", "x-amz-cf-", "x-edge-"] as const;

/**
 * Returns whether a viewer's header goes to the origin: always or never by its name, else where the
 * cache policy or the origin request policy names it (CF-G-02).
 *
 * @param name lower-case
 */
export function forwardsViewerHeader(
  cacheBehavior: CacheBehavior,
  method: string,
  name: string,
): boolean {
  if (neverForwarded.has(name)) return false;
  if (neverForwardedPrefixes.some((prefix) => name.startsWith(prefix))) return false;
  if (forwardedByDefault.has(name) || namedByPolicies(cacheBehavior, name)) return true;
  return name === "authorization" && keepsAuthorization(cacheBehavior, method);
}

/**
 * Returns which of CloudFront's own request headers the policies ask for.
 *
 * @param viewerHeaders values by lower-case name
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/adding-cloudfront-headers.html
 */
export function requestedViewerHeaders(
  { cachePolicy, originRequestPolicy }: CacheBehavior,
  viewerHeaders: Readonly<Record<string, string>>,
): readonly (readonly [key: string, value: string])[] {
  const asked = new Set([
    ...(cachePolicy.headers.behavior === "whitelist" ? cachePolicy.headers.names : []),
    ...(originRequestPolicy?.headers.behavior === "whitelist" ||
    originRequestPolicy?.headers.behavior === "allViewerAndWhitelistCloudFront"
      ? originRequestPolicy.headers.names
      : []),
  ]);
  return Object.entries(viewerHeaders)
    .filter(([name]) => asked.has(name.toLowerCase()))
    .map(([name, value]) => [viewerHeaderKey(name), value]);
}

/** Returns whether the cache policy or the origin request policy has a viewer's header forwarded. */
export function namedByPolicies(
  { cachePolicy, originRequestPolicy }: CacheBehavior,
  name: string,
): boolean {
  if (cachePolicy.headers.behavior === "whitelist" && cachePolicy.headers.names.includes(name)) {
    return true;
  }
  const headers = originRequestPolicy?.headers;
  switch (headers?.behavior) {
    case undefined:
    case "none":
      return false;
    case "whitelist":
      return headers.names.includes(name);
    case "allExcept":
      return !headers.names.includes(name);
    case "allViewer":
    case "allViewerAndWhitelistCloudFront":
      return true;
  }
}

/** Authorization is removed from requests whose responses are cached, kept in all others (CF-G-48). */
function keepsAuthorization({ cachedMethods }: CacheBehavior, method: string): boolean {
  if (method === "GET" || method === "HEAD") return false;
  return method !== "OPTIONS" || !cachedMethods.includes("OPTIONS");
}

const acronyms: Readonly<Record<string, string>> = {
  asn: "ASN",
  cloudfront: "CloudFront",
  http: "Http",
  ios: "IOS",
  ja3: "JA3",
  ja4: "JA4",
  smarttv: "SmartTV",
  tls: "TLS",
};

/** As AWS writes the name: `cloudfront-is-smarttv-viewer` is `CloudFront-Is-SmartTV-Viewer`. */
function viewerHeaderKey(name: string): string {
  return name
    .toLowerCase()
    .split("-")
    .map((part) => acronyms[part] ?? `${part.charAt(0).toUpperCase()}${part.slice(1)}`)
    .join("-");
}
