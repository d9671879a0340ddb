import type { EventType } from "cf-types";

// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/edge-function-restrictions-all.html
// (read 2026-09-30; LE-C-01 to LE-C-03)
const disallowedNames: ReadonlySet<string> = new Set([
  "client-cert",
  "client-cert-chain",
  "cloudfront-viewer-cert-pem",
  "connection",
  "expect",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authorization",
  "proxy-connection",
  "trailer",
  "upgrade",
  "x-accel-buffering",
  "x-accel-charset",
  "x-accel-limit-rate",
  "x-accel-redirect",
  "x-amzn-auth",
  "x-amzn-cf-billing",
  "x-amzn-cf-id",
  "x-amzn-cf-xff",
  "x-amzn-errortype",
  "x-amzn-fle-profile",
  "x-amzn-header-count",
  "x-amzn-header-order",
  "x-amzn-lambda-integration-tag",
  "x-amzn-requestid",
  "x-cache",
  "x-forwarded-proto",
  "x-real-ip",
]);
const disallowedPrefixes = ["x-amz-cf-", "x-edge-"] as const;

// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/edge-function-restrictions-all.html
// (read 2026-09-30; LE-C-04 to LE-C-07)
const readOnlyNames: Readonly<Record<EventType, readonly string[]>> = {
  "viewer-request": ["cdn-loop", "content-length", "host", "transfer-encoding", "via"],
  "origin-request": [
    "accept-encoding",
    "cdn-loop",
    "content-length",
    "if-modified-since",
    "if-none-match",
    "if-range",
    "if-unmodified-since",
    "transfer-encoding",
    "via",
  ],
  "origin-response": ["transfer-encoding", "via"],
  "viewer-response": ["content-encoding", "content-length", "transfer-encoding", "via", "warning"],
};

// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/edge-function-restrictions-all.html
// (read 2026-09-30; FN-I-20): at viewer-request those of Lambda@Edge, at viewer-response fewer.
const readOnlyNamesOfCloudFrontFunctions: Readonly<
  Record<"viewer-request" | "viewer-response", readonly string[]>
> = {
  "viewer-request": readOnlyNames["viewer-request"],
  "viewer-response": ["via", "warning"],
};

// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-at-edge-function-restrictions.html
// (read 2026-09-30; LE-B-52)
const viewerRequestForbiddenToAdd = ["cloudfront-viewer-country"] as const;

// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/add-origin-custom-headers.html
// (read 2026-09-30; LE-B-43)
const deniedOriginCustomHeaders: ReadonlySet<string> = new Set([
  "cache-control",
  "connection",
  "content-length",
  "cookie",
  "host",
  "if-match",
  "if-modified-since",
  "if-none-match",
  "if-range",
  "if-unmodified-since",
  "max-forwards",
  "pragma",
  "proxy-authenticate",
  "proxy-authorization",
  "proxy-connection",
  "range",
  "request-range",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
  "via",
  "x-real-ip",
]);
const deniedOriginCustomHeaderPrefixes = ["x-amz-", "x-edge-"] as const;

/**
 * Says whether functions can neither see nor add a header.
 *
 * @param name lower-case
 */
export function isDisallowedHeader(name: string): boolean {
  return disallowedNames.has(name) || disallowedPrefixes.some((prefix) => name.startsWith(prefix));
}

/** Returns the lower-case names of the headers that a function can see at an event but not change. */
export function readOnlyHeaders(eventType: EventType): readonly string[] {
  return readOnlyNames[eventType];
}

/**
 * Says whether a function can see a header at an event but not change it.
 *
 * @param name lower-case
 */
export function isReadOnlyHeader(eventType: EventType, name: string): boolean {
  return readOnlyNames[eventType].includes(name);
}

/**
 * Says whether a CloudFront Function can see a header at an event but not change it.
 *
 * @param name lower-case
 */
export function isCloudFrontFunctionReadOnlyHeader(
  eventType: "viewer-request" | "viewer-response",
  name: string,
): boolean {
  return readOnlyNamesOfCloudFrontFunctions[eventType].includes(name);
}

/** Returns the lower-case names of the headers that a function must not add at an event. */
export function headersForbiddenToAdd(eventType: EventType): readonly string[] {
  return eventType === "viewer-request" ? viewerRequestForbiddenToAdd : [];
}

/**
 * Says whether CloudFront refuses a header as a custom header of an origin.
 *
 * @param name lower-case
 */
export function isDeniedOriginCustomHeader(name: string): boolean {
  return (
    deniedOriginCustomHeaders.has(name) ||
    deniedOriginCustomHeaderPrefixes.some((prefix) => name.startsWith(prefix))
  );
}

/** Beside the headers that functions cannot touch. */
const keptFromPolicies: ReadonlySet<string> = new Set([
  "content-encoding",
  "content-length",
  "host",
  "transfer-encoding",
  "via",
  "warning",
]);

/**
 * Says whether a response headers policy can remove a header from responses.
 *
 * @param name lower-case
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/understanding-response-headers-policies.html#remove-headers-disallowed
 */
export function isRemovableByPolicy(name: string): boolean {
  // Functions cannot touch X-Cache, but a policy can remove it.
  return name === "x-cache" || !(keptFromPolicies.has(name) || isDisallowedHeader(name));
}
