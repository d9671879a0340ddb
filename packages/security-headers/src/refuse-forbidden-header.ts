import type { ResponseEventType } from "./response-event-type.ts";
import { SecurityHeadersOptionsError } from "./security-headers-options-error.ts";

// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/edge-function-restrictions-all.html
// read 2026-04: LE-C-01 to LE-C-03.
const disallowedHeaders: ReadonlySet<string> = new Set([
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
const disallowedPrefixes = ["x-amz-cf-", "x-edge-"];

// The same page: LE-C-06, LE-C-07.
const readOnlyHeaders: Readonly<Record<ResponseEventType, ReadonlySet<string>>> = {
  "viewer-response": new Set([
    "content-encoding",
    "content-length",
    "transfer-encoding",
    "via",
    "warning",
  ]),
  "origin-response": new Set(["transfer-encoding", "via"]),
};

/**
 * Refuses a header with which CloudFront would answer 502 instead of the response (LE-C-17), whether it
 * is set or removed (LE-C-09).
 *
 * @param lowerCaseName Name of the header.
 * @param subject How an error names the option, as in `headers["Via"]`.
 * @throws {SecurityHeadersOptionsError} `FORBIDDEN_HEADER`.
 */
export function refuseForbiddenHeader(
  lowerCaseName: string,
  subject: string,
  eventType: ResponseEventType = "viewer-response",
): void {
  if (readOnlyHeaders[eventType].has(lowerCaseName)) {
    throw forbidden(`${subject} is read-only in ${eventType} functions.`);
  }
  if (
    disallowedHeaders.has(lowerCaseName) ||
    disallowedPrefixes.some((prefix) => lowerCaseName.startsWith(prefix))
  ) {
    throw forbidden(`${subject} is a header that no edge function may set.`);
  }
}

function forbidden(problem: string): SecurityHeadersOptionsError {
  return new SecurityHeadersOptionsError(
    "FORBIDDEN_HEADER",
    `${problem} CloudFront would answer every request with 502: leave it out.`,
  );
}
