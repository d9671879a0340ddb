import type { CloudFrontFunctionViolation } from "./cloudfront-function-values.ts";
import { isJsonObject, quoteValue } from "./result-violation.ts";
import { cloudFrontFunctionText } from "./viewer-text.ts";

type JsonObject = Readonly<Record<string, unknown>>;

/** Bounds of what `updateRequestOrigin` takes, by the path of the setting. */
interface Bound {
  readonly path: string;
  readonly isAllowed: (value: unknown) => boolean;
  /** As a sentence goes on after "must be". */
  readonly expected: string;
}

const isText =
  (max: number, pattern = /^/) =>
  (value: unknown): boolean =>
    typeof value === "string" && value.length <= max && pattern.test(value);
const isWhole =
  (min: number, max: number) =>
  (value: unknown): boolean =>
    Number.isInteger(value) && Number(value) >= min && Number(value) <= max;
const isOneOf =
  (...values: readonly string[]) =>
  (value: unknown): boolean =>
    typeof value === "string" && values.includes(value);
const isFlag = (value: unknown): boolean => typeof value === "boolean";
const isIpAddress = /^(?:\d{1,3}\.){3}\d{1,3}$/;

// Read 2026-09-30.
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/helper-functions-origin-modification.html
const bounds: readonly Bound[] = [
  {
    path: "originIds",
    isAllowed: (value) => value === 2,
    expected: "a list of two origins, the primary first",
  },
  {
    path: "domainName",
    isAllowed: (value) => isText(253, /^[^:\s/]+$/)(value) && !isIpAddress.test(String(value)),
    expected: "a domain name of at most 253 characters, without a port, and no IP address",
  },
  { path: "hostHeader", isAllowed: isText(253), expected: "a string of at most 253 characters" },
  {
    path: "originPath",
    isAllowed: (value) => value === "" || isText(255, /^\/.*[^/]$/)(value),
    expected: 'a path of at most 255 characters that starts with "/" and does not end with it',
  },
  { path: "connectionAttempts", isAllowed: isWhole(1, 3), expected: "1, 2 or 3" },
  { path: "originShield.enabled", isAllowed: isFlag, expected: "true or false" },
  { path: "originShield.region", isAllowed: isText(64), expected: "the name of a Region" },
  { path: "originAccessControlConfig.enabled", isAllowed: isFlag, expected: "true or false" },
  {
    path: "originAccessControlConfig.signingBehavior",
    isAllowed: isOneOf("always", "never", "no-override"),
    expected: '"always", "never" or "no-override"',
  },
  {
    path: "originAccessControlConfig.signingProtocol",
    isAllowed: isOneOf("sigv4"),
    expected: '"sigv4"',
  },
  {
    path: "originAccessControlConfig.originType",
    isAllowed: isOneOf("s3", "mediapackagev2", "mediastore", "lambda"),
    expected: '"s3", "mediapackagev2", "mediastore" or "lambda"',
  },
  { path: "timeouts.readTimeout", isAllowed: isWhole(1, 120), expected: "1 to 120 seconds" },
  { path: "timeouts.keepAliveTimeout", isAllowed: isWhole(1, 120), expected: "1 to 120 seconds" },
  { path: "timeouts.connectionTimeout", isAllowed: isWhole(1, 10), expected: "1 to 10 seconds" },
  {
    path: "customOriginConfig.port",
    isAllowed: isWhole(1, 65_535),
    expected: "a port number",
  },
  {
    path: "customOriginConfig.protocol",
    isAllowed: isOneOf("http", "https"),
    expected: '"http" or "https"',
  },
  { path: "sni", isAllowed: isText(253), expected: "a string of at most 253 characters" },
  {
    path: "allowedCertificateNames",
    isAllowed: (value) =>
      Array.isArray(value) && value.length <= 20 && value.every((name) => isText(64)(name)),
    expected: "at most 20 names of at most 64 characters",
  },
];

/**
 * Checks what a function passed to `updateRequestOrigin`, or as the overrides of another helper (FN-I-49).
 *
 * @param subject as in `updateRequestOrigin`
 * @param requestHeaders lower-case names of the headers of the request
 */
export function checkOriginChange(
  subject: string,
  origin: JsonObject,
  requestHeaders: readonly string[],
): CloudFrontFunctionViolation | undefined {
  const refuse = (
    path: string,
    problem: string,
    factId = "FN-I-49",
  ): CloudFrontFunctionViolation => ({
    kind: "violation",
    factId,
    viewerText: cloudFrontFunctionText.originRewrite,
    subject: `${subject}: ${path}`,
    detail: `${subject}: ${path} ${problem}`,
  });
  for (const { path, isAllowed, expected } of bounds) {
    const value = valueAt(origin, path);
    if (value !== undefined && !isAllowed(value)) {
      return refuse(path, `must be ${expected}: got ${quoteValue(value)}.`);
    }
  }
  const { readTimeout, responseCompletionTimeout } = objectOf(origin["timeouts"]);
  if (
    responseCompletionTimeout !== undefined &&
    !(Number(responseCompletionTimeout) >= Number(readTimeout ?? 0))
  ) {
    return refuse(
      "timeouts.responseCompletionTimeout",
      `must be at least readTimeout: got ${quoteValue(responseCompletionTimeout)}.`,
    );
  }
  if (origin["hostHeader"] !== undefined && isSigned(origin)) {
    return refuse(
      "hostHeader",
      "cannot be set together with origin access control. Leave one of them out.",
      "FN-I-30",
    );
  }
  return checkCustomHeaders(origin["customHeaders"], requestHeaders, refuse);
}

function checkCustomHeaders(
  headers: unknown,
  requestHeaders: readonly string[],
  refuse: (path: string, problem: string) => CloudFrontFunctionViolation,
): CloudFrontFunctionViolation | undefined {
  if (headers === undefined) return undefined;
  if (!isJsonObject(headers)) {
    return refuse("customHeaders", `must be an object of texts: got ${quoteValue(headers)}.`);
  }
  for (const [name, value] of Object.entries(headers)) {
    const path = `customHeaders.${name}`;
    if (typeof value !== "string")
      return refuse(path, `must be a string: got ${quoteValue(value)}.`);
    if (name !== name.toLowerCase()) return refuse(path, "must be lower-case.");
    if (requestHeaders.includes(name)) return refuse(path, "is already a header of the request.");
  }
  return undefined;
}

function isSigned(origin: JsonObject): boolean {
  return objectOf(origin["originAccessControlConfig"])["enabled"] === true;
}

function valueAt(origin: JsonObject, path: string): unknown {
  const [first = "", second] = path.split(".");
  return second === undefined ? origin[first] : objectOf(origin[first])[second];
}

function objectOf(value: unknown): JsonObject {
  return isJsonObject(value) ? value : {};
}
