import type { CustomOrigin, EventHeaders, Origin, S3Origin } from "cf-types";
import { isDeniedOriginCustomHeader } from "./header-rules.ts";
import type { LambdaEdgeQuotas } from "./quotas.ts";
import { isJsonObject, quoteValue, violation } from "./result-violation.ts";
import type { ResultViolation, ResultWarning } from "./result-violation.ts";
import { checkHeaders } from "./result-headers.ts";
import { viewerText } from "./viewer-text.ts";

/** An origin that CloudFront accepts; undefined where the function left it as it was. */
export interface AcceptedOrigin {
  readonly kind: "origin";
  readonly origin: Origin | undefined;
}

/** What an origin in a result is checked against. */
export interface OriginScope {
  readonly eventOrigin: Origin;
  /** The headers of the request as the function returned them. */
  readonly requestHeaders: EventHeaders;
  readonly quotas: LambdaEdgeQuotas;
  readonly warnings: ResultWarning[];
}

type JsonObject = Readonly<Record<string, unknown>>;

const CUSTOM_DEFAULTS: JsonObject = {
  customHeaders: {},
  keepaliveTimeout: 5,
  path: "",
  readTimeout: 30,
  sslProtocols: ["TLSv1.2"],
};
const S3_DEFAULTS: JsonObject = { authMethod: "none", customHeaders: {}, path: "" };
const SSL_PROTOCOLS: readonly unknown[] = ["TLSv1.2", "TLSv1.1", "TLSv1", "SSLv3"];

const DNS_NAME =
  /^(?=.*[^0-9.])[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9])?(\.[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9])?)*$/;
const S3_HOST = /^[a-z0-9][a-z0-9.-]*[a-z0-9]$/;
const URL_PATH = /^[!$&'()*+,\-./0-9:;=@A-Z_a-z~%]*$/;

/** Checks the `origin` that an origin-request function returned (LE-B-28 to LE-B-43). */
export function checkOrigin(
  returned: unknown,
  scope: OriginScope,
): AcceptedOrigin | ResultViolation {
  if (returned === undefined || sameJson(returned, scope.eventOrigin)) {
    return (
      checkRepeatedHeaders(scope.eventOrigin, scope.requestHeaders) ?? {
        kind: "origin",
        origin: undefined,
      }
    );
  }
  const kinds = isJsonObject(returned)
    ? (["custom", "s3"] as const).filter((kind) => returned[kind] !== undefined)
    : [];
  const [kind] = kinds;
  const details = isJsonObject(returned) && kind !== undefined ? returned[kind] : undefined;
  if (kind === undefined || kinds.length !== 1 || !isJsonObject(details)) {
    return refuse(
      "LE-B-29",
      "origin",
      `must hold exactly one of custom and s3: got ${quoteValue(returned)}.`,
    );
  }
  const complete = withDefaults(details, kind, scope.warnings);
  const wrong =
    checkCommon(complete, kind, scope) ??
    (kind === "custom" ? checkCustom(complete) : checkS3(complete, scope.eventOrigin));
  if (wrong !== undefined) {
    return wrong;
  }
  const origin: Origin =
    kind === "custom"
      ? { custom: complete as unknown as CustomOrigin }
      : { s3: complete as unknown as S3Origin };
  return checkRepeatedHeaders(origin, scope.requestHeaders) ?? { kind: "origin", origin };
}

function refuse(factId: string, subject: string, problem: string): ResultViolation {
  return violation(factId, viewerText.origin, subject, problem);
}

function withDefaults(
  details: JsonObject,
  kind: "custom" | "s3",
  warnings: ResultWarning[],
): JsonObject {
  const defaults = kind === "custom" ? CUSTOM_DEFAULTS : S3_DEFAULTS;
  const missing = Object.keys(defaults).filter((name) => details[name] === undefined);
  if (missing.length === 0) {
    return details;
  }
  warnings.push({
    factId: kind === "custom" ? "LE-B-30" : "LE-B-31",
    message: `origin.${kind} lacks ${missing.join(", ")}: the default is used. Return all keys of the event's origin.`,
  });
  return { ...defaults, ...details };
}

/** Checks what custom and S3 origins share. */
function checkCommon(
  details: JsonObject,
  kind: "custom" | "s3",
  { quotas, warnings }: OriginScope,
): ResultViolation | undefined {
  return (
    checkDomainName(details["domainName"], kind) ??
    checkPath(details["path"], kind) ??
    checkTimeouts(details, kind, quotas) ??
    checkCustomHeaders(details["customHeaders"], kind, warnings)
  );
}

function checkDomainName(domainName: unknown, kind: "custom" | "s3"): ResultViolation | undefined {
  const [pattern, maxCharacters] = kind === "custom" ? [DNS_NAME, 253] : [S3_HOST, 128];
  if (
    typeof domainName === "string" &&
    domainName.length <= maxCharacters &&
    pattern.test(domainName)
  ) {
    return undefined;
  }
  const allowed =
    kind === "custom"
      ? "Use a DNS name of at most 253 characters, without port and no IP address"
      : "Use a bucket's lower-case domain name of at most 128 characters";
  return refuse(
    "LE-B-33",
    `origin.${kind}.domainName`,
    `is not allowed: got ${quoteValue(domainName)}. ${allowed}.`,
  );
}

function checkPath(path: unknown, kind: "custom" | "s3"): ResultViolation | undefined {
  const isAllowed =
    typeof path === "string" &&
    (path === "" || (path.startsWith("/") && !path.endsWith("/"))) &&
    path.length <= 255 &&
    URL_PATH.test(path);
  return isAllowed
    ? undefined
    : refuse(
        "LE-B-34",
        `origin.${kind}.path`,
        `is not allowed: got ${quoteValue(path)}. Use "" or a URL-encoded path of at most 255 characters that starts with "/" and does not end with it.`,
      );
}

function checkTimeouts(
  details: JsonObject,
  kind: "custom" | "s3",
  quotas: LambdaEdgeQuotas,
): ResultViolation | undefined {
  const { readTimeout, keepaliveTimeout, responseCompletionTimeout } = details;
  const subject = `origin.${kind}`;
  if (readTimeout !== undefined && !isWithin(readTimeout, 1, quotas.originReadTimeoutSeconds)) {
    return refuse(
      "LE-B-36",
      `${subject}.readTimeout`,
      `is not allowed: got ${quoteValue(readTimeout)}. Use 1 to ${quotas.originReadTimeoutSeconds} seconds.`,
    );
  }
  if (kind === "custom" && !isWithin(keepaliveTimeout, 1, quotas.originKeepaliveTimeoutSeconds)) {
    return refuse(
      "LE-B-36",
      `${subject}.keepaliveTimeout`,
      `is not allowed: got ${quoteValue(keepaliveTimeout)}. Use 1 to ${quotas.originKeepaliveTimeoutSeconds} seconds.`,
    );
  }
  const minCompletion = typeof readTimeout === "number" ? readTimeout : 1;
  const isCompletionAllowed =
    responseCompletionTimeout === undefined ||
    responseCompletionTimeout === 0 ||
    isWithin(responseCompletionTimeout, minCompletion, Number.MAX_SAFE_INTEGER);
  return isCompletionAllowed
    ? undefined
    : refuse(
        "LE-B-37",
        `${subject}.responseCompletionTimeout`,
        `is not allowed: got ${quoteValue(responseCompletionTimeout)}. Use 0 or at least readTimeout (${minCompletion}).`,
      );
}

function checkCustomHeaders(
  customHeaders: unknown,
  kind: "custom" | "s3",
  warnings: ResultWarning[],
): ResultViolation | undefined {
  const subject = `origin.${kind}.customHeaders`;
  // An origin-response scope: apart from disallowed headers only the denylist below decides.
  const checked = checkHeaders(customHeaders, {
    eventType: "origin-response",
    eventHeaders: {},
    warnings,
  });
  const denied = isJsonObject(customHeaders)
    ? Object.keys(customHeaders).find((name) => isDeniedOriginCustomHeader(name.toLowerCase()))
    : undefined;
  if (denied !== undefined) {
    return refuse(
      "LE-B-43",
      `${subject}.${denied}`,
      "is a header that CloudFront does not let an origin add. Remove it.",
    );
  }
  return checked.kind === "headers"
    ? undefined
    : refuse("LE-B-59", `${subject}`, `are not allowed: ${checked.detail}`);
}

function checkCustom(details: JsonObject): ResultViolation | undefined {
  const { port, protocol, sslProtocols } = details;
  if (port !== 80 && port !== 443 && !isWithin(port, 1024, 65_535)) {
    return refuse(
      "LE-B-35",
      "origin.custom.port",
      `is not allowed: got ${quoteValue(port)}. Use 80, 443 or 1024 to 65535.`,
    );
  }
  if (protocol !== "http" && protocol !== "https") {
    return refuse(
      "LE-B-38",
      "origin.custom.protocol",
      `is not allowed: got ${quoteValue(protocol)}. Use "http" or "https".`,
    );
  }
  return Array.isArray(sslProtocols) && sslProtocols.every((one) => SSL_PROTOCOLS.includes(one))
    ? undefined
    : refuse(
        "LE-B-38",
        "origin.custom.sslProtocols",
        `is not allowed: got ${quoteValue(sslProtocols)}. Use an array of ${SSL_PROTOCOLS.join(", ")}.`,
      );
}

function checkS3(details: JsonObject, eventOrigin: Origin): ResultViolation | undefined {
  const { authMethod, region } = details;
  if (authMethod !== "none" && authMethod !== "origin-access-identity") {
    return refuse(
      "LE-B-31",
      "origin.s3.authMethod",
      `is not allowed: got ${quoteValue(authMethod)}. Use "none" or "origin-access-identity".`,
    );
  }
  if (authMethod === "none") {
    return undefined;
  }
  if (eventOrigin.s3?.authMethod !== "origin-access-identity") {
    return refuse(
      "LE-B-40",
      "origin.s3.authMethod",
      `is not allowed: got ${quoteValue(authMethod)}. Only an S3 origin that has an origin access identity can be exchanged for another with the same one.`,
    );
  }
  return typeof region === "string" && region !== ""
    ? undefined
    : refuse(
        "LE-B-39",
        "origin.s3.region",
        `is needed with an origin access identity: got ${quoteValue(region)}.`,
      );
}

/** Finds a custom header of the origin that the request has as well (LE-B-42, LE-C-31). */
function checkRepeatedHeaders(
  origin: Origin,
  requestHeaders: EventHeaders,
): ResultViolation | undefined {
  const { customHeaders } = origin.custom ?? origin.s3;
  const repeated = Object.keys(customHeaders).find((name) =>
    Object.hasOwn(requestHeaders, name.toLowerCase()),
  );
  return repeated === undefined
    ? undefined
    : refuse(
        "LE-B-42",
        `origin.customHeaders.${repeated}`,
        "repeats a header of the request. Keep it in one of the two.",
      );
}

function isWithin(value: unknown, min: number, max: number): boolean {
  return typeof value === "number" && Number.isInteger(value) && value >= min && value <= max;
}

/** Says whether two JSON values are equal, whatever the order of the keys. */
export function sameJson(left: unknown, right: unknown): boolean {
  if (left === right) {
    return true;
  }
  if (Array.isArray(left) && Array.isArray(right)) {
    return left.length === right.length && left.every((one, index) => sameJson(one, right[index]));
  }
  if (!isJsonObject(left) || !isJsonObject(right)) {
    return false;
  }
  const names = Object.keys(left).filter((name) => left[name] !== undefined);
  const others = Object.keys(right).filter((name) => right[name] !== undefined);
  return names.length === others.length && names.every((name) => sameJson(left[name], right[name]));
}
