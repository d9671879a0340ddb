import { cloudFrontFunctionText } from "./viewer-text.ts";
import type { CloudFrontFunctionViolation } from "./cloudfront-function-values.ts";
import { isDeniedOriginCustomHeader } from "./header-rules.ts";
import { type Bounds, isOriginPort, originSettings } from "./origin-settings.ts";
import { isJsonObject, quoteValue } from "./result-violation.ts";

/** What an origin change is checked against. */
export interface RequestOriginScope {
  /** Lower-case names of the headers that the request has. */
  readonly requestHeaders: readonly string[];
  /** Whether the changed origin is an S3 bucket. */
  readonly isS3: boolean;
  /** Whether the assigned origin has an origin access control. */
  readonly hasAccessControl: boolean;
}

type Check = (value: unknown, scope: RequestOriginScope) => string | undefined;

const within =
  ({ min, max }: Bounds): Check =>
  (value) =>
    Number.isInteger(value) && Number(value) >= min && Number(value) <= max
      ? undefined
      : `must be an integer from ${min} to ${max}`;

const oneOf =
  (...allowed: readonly unknown[]): Check =>
  (value) =>
    allowed.includes(value) ? undefined : `must be one of ${allowed.map(quoteValue).join(", ")}`;

const text =
  (max: number): Check =>
  (value) =>
    typeof value === "string" && value !== "" && value.length <= max
      ? undefined
      : `must be a text of at most ${max} characters`;

const flag = oneOf(true, false);

const maxDomainName = { s3: 128, custom: 253 };

// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/helper-functions-origin-modification.html
// (read 2026-09-30; FN-I-49)
/** By the path of a setting, of at most two names. */
const updateChecks: Readonly<Record<string, Check>> = {
  domainName: (value, { isS3 }) => {
    const max = isS3 ? maxDomainName.s3 : maxDomainName.custom;
    if (typeof value !== "string" || value === "" || value.length > max) {
      return `must be a domain name of at most ${max} characters`;
    }
    if (hasPortOrIsAddress(value)) return noPortNoAddress;
    return isS3 && value !== value.toLowerCase() ? "must be in lower case" : undefined;
  },
  hostHeader: notOfS3(text(maxDomainName.custom)),
  originPath: (value) =>
    typeof value === "string" &&
    (value === "" || (value.startsWith("/") && !value.endsWith("/") && value.length <= 255))
      ? undefined
      : 'must start with "/", not end with it, and have at most 255 characters',
  customHeaders: checkCustomHeaders,
  connectionAttempts: within(originSettings.connectionAttempts),
  "originShield.enabled": flag,
  "originShield.region": (value) =>
    typeof value === "string" && /^[a-z]{2}(?:-[a-z]+)+-\d$/.test(value)
      ? undefined
      : 'must be the code of a Region, as in "eu-central-1"',
  "originAccessControlConfig.enabled": flag,
  "originAccessControlConfig.signingBehavior": oneOf("always", "never", "no-override"),
  "originAccessControlConfig.signingProtocol": oneOf("sigv4"),
  "originAccessControlConfig.originType": oneOf("s3", "mediapackagev2", "mediastore", "lambda"),
  "timeouts.readTimeout": within({ min: 1, max: 120 }),
  "timeouts.responseCompletionTimeout": within({ min: 1, max: Number.MAX_SAFE_INTEGER }),
  "timeouts.keepAliveTimeout": within({ min: 1, max: 120 }),
  "timeouts.connectionTimeout": within(originSettings.connectionTimeoutSeconds),
  "customOriginConfig.port": (value) =>
    isOriginPort(value) ? undefined : "must be 80, 443 or 1024 to 65535",
  "customOriginConfig.protocol": oneOf("http", "https"),
  "customOriginConfig.sslProtocols": (value) =>
    Array.isArray(value) &&
    value.every((each) => ["SSLv3", "TLSv1", "TLSv1.1", "TLSv1.2"].includes(each))
      ? undefined
      : "must be a list of SSLv3, TLSv1, TLSv1.1 and TLSv1.2",
  "customOriginConfig.ipAddressType": oneOf("ipv4", "ipv6", "dualstack"),
  sni: notOfS3((value, scope) => {
    const problem = text(maxDomainName.custom)(value, scope);
    return problem ?? (hasPortOrIsAddress(String(value)) ? noPortNoAddress : undefined);
  }),
  allowedCertificateNames: notOfS3((value) =>
    Array.isArray(value) &&
    value.length <= 20 &&
    value.every((each) => typeof each === "string" && each.length <= 64)
      ? undefined
      : "must be at most 20 names of at most 64 characters",
  ),
};

/** What a group of settings must have. */
const required: Readonly<Record<string, readonly string[]>> = {
  originShield: ["enabled"],
  originAccessControlConfig: ["enabled"],
  customOriginConfig: ["port", "protocol", "sslProtocols"],
};

function notOfS3(check: Check): Check {
  return (value, scope) =>
    scope.isS3 ? "is for origins that are no S3 bucket" : check(value, scope);
}

const noPortNoAddress = "must have no port and be no IP address";

function hasPortOrIsAddress(name: string): boolean {
  return /[:\s/]/.test(name) || /^[\d.]+$/.test(name);
}

/**
 * Checks what a CloudFront Function gave to `updateRequestOrigin`, or as the overrides of an origin:
 * what CloudFront refuses costs the request (FN-I-29, FN-I-30, FN-I-49).
 */
export function checkRequestOrigin(
  update: Readonly<Record<string, unknown>>,
  scope: RequestOriginScope,
): CloudFrontFunctionViolation | undefined {
  const problem =
    firstProblem(update, scope) ??
    missingSetting(update) ??
    tooShortCompletion(update["timeouts"]) ??
    (typeof update["hostHeader"] === "string" && hasAccessControl(update, scope)
      ? "hostHeader cannot be combined with an origin access control: disable it, or leave hostHeader out"
      : undefined);
  return problem === undefined
    ? undefined
    : originRewrite(problem, problem.startsWith("hostHeader cannot") ? "FN-I-30" : "FN-I-49");
}

/** Returns the violation of an origin change; `problem` is one sentence without a full stop. */
export function originRewrite(problem: string, factId = "FN-I-49"): CloudFrontFunctionViolation {
  return {
    kind: "violation",
    factId,
    viewerText: cloudFrontFunctionText.originRewrite,
    subject: "The origin",
    detail: `The origin that the function chose is refused: ${problem}.`,
  };
}

function firstProblem(
  update: Readonly<Record<string, unknown>>,
  scope: RequestOriginScope,
): string | undefined {
  for (const [path, check] of Object.entries(updateChecks)) {
    const [first = "", second] = path.split(".");
    const group = update[first];
    if (group === undefined) continue;
    if (second !== undefined && !isJsonObject(group))
      return `${first} must be an object: got ${quoteValue(group)}`;
    const value = second === undefined ? group : isJsonObject(group) && group[second];
    const problem = value === undefined ? undefined : check(value, scope);
    if (problem !== undefined) return `${path} ${problem}: got ${quoteValue(value)}`;
  }
  return undefined;
}

function checkCustomHeaders(
  value: unknown,
  { requestHeaders }: RequestOriginScope,
): string | undefined {
  if (!isJsonObject(value)) return "must be an object of texts by lower-case name";
  for (const [name, text] of Object.entries(value)) {
    if (name !== name.toLowerCase()) return `must have names in lower case, not ${name}`;
    if (typeof text !== "string") return `must have a text for ${name}`;
    if (requestHeaders.includes(name)) return `must not repeat the request's header ${name}`;
    if (isDeniedOriginCustomHeader(name)) return `must not have ${name}`;
  }
  return undefined;
}

function missingSetting(update: Readonly<Record<string, unknown>>): string | undefined {
  for (const [group, names] of Object.entries(required)) {
    const settings = update[group];
    if (!isJsonObject(settings)) continue;
    const missing = names.find((name) => settings[name] === undefined);
    if (missing !== undefined) return `${group} must have ${missing}`;
  }
  const { originShield, customOriginConfig, domainName } = update;
  if (
    isJsonObject(originShield) &&
    originShield["enabled"] === true &&
    !("region" in originShield)
  ) {
    return "originShield must have a region where it is enabled";
  }
  const isAddressTypeAlone =
    isJsonObject(customOriginConfig) &&
    customOriginConfig["ipAddressType"] !== undefined &&
    domainName === undefined;
  return isAddressTypeAlone
    ? "customOriginConfig.ipAddressType can only be changed together with domainName"
    : undefined;
}

function tooShortCompletion(timeouts: unknown): string | undefined {
  if (!isJsonObject(timeouts)) return undefined;
  const { readTimeout = 0, responseCompletionTimeout } = timeouts;
  return typeof responseCompletionTimeout === "number" &&
    responseCompletionTimeout < Number(readTimeout)
    ? `timeouts.responseCompletionTimeout must not be below readTimeout: got ${responseCompletionTimeout}`
    : undefined;
}

function hasAccessControl(
  update: Readonly<Record<string, unknown>>,
  { hasAccessControl: inherits }: RequestOriginScope,
): boolean {
  const config = update["originAccessControlConfig"];
  return isJsonObject(config) && config["enabled"] !== undefined
    ? config["enabled"] === true
    : inherits;
}
