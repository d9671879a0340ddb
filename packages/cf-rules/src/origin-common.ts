import { isDeniedOriginCustomHeader } from "./header-rules.ts";
import { isWithin, refuseOrigin } from "./origin-scope.ts";
import type { OriginDetails, OriginScope } from "./origin-scope.ts";
import type { LambdaEdgeQuotas } from "./quotas.ts";
import { checkHeaders } from "./result-headers.ts";
import type { AcceptedHeaders } from "./result-headers.ts";
import { isJsonObject, quoteValue } from "./result-violation.ts";
import type { ResultViolation, ResultWarning } from "./result-violation.ts";

const DNS_NAME =
  /^(?=.*[^0-9.])[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9])?(\.[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9])?)*$/;
const S3_HOST = /^[a-z0-9][a-z0-9.-]*[a-z0-9]$/;
const URL_PATH = /^[!$&'()*+,\-./0-9:;=@A-Z_a-z~%]*$/;

/** Checks what custom and S3 origins share. */
export function checkCommon(
  details: OriginDetails,
  kind: "custom" | "s3",
  { quotas }: OriginScope,
): ResultViolation | undefined {
  return (
    checkDomainName(details["domainName"], kind) ??
    checkPath(details["path"], kind) ??
    checkTimeouts(details, kind, quotas)
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
  return refuseOrigin(
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
    : refuseOrigin(
        "LE-B-34",
        `origin.${kind}.path`,
        `is not allowed: got ${quoteValue(path)}. Use "" or a URL-encoded path of at most 255 characters that starts with "/" and does not end with it.`,
      );
}

function checkTimeouts(
  details: OriginDetails,
  kind: "custom" | "s3",
  quotas: LambdaEdgeQuotas,
): ResultViolation | undefined {
  const { readTimeout, keepaliveTimeout, responseCompletionTimeout } = details;
  const subject = `origin.${kind}`;
  if (readTimeout !== undefined && !isWithin(readTimeout, 1, quotas.originReadTimeoutSeconds)) {
    return refuseOrigin(
      "LE-B-36",
      `${subject}.readTimeout`,
      `is not allowed: got ${quoteValue(readTimeout)}. Use 1 to ${quotas.originReadTimeoutSeconds} seconds.`,
    );
  }
  if (kind === "custom" && !isWithin(keepaliveTimeout, 1, quotas.originKeepaliveTimeoutSeconds)) {
    return refuseOrigin(
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
    : refuseOrigin(
        "LE-B-37",
        `${subject}.responseCompletionTimeout`,
        `is not allowed: got ${quoteValue(responseCompletionTimeout)}. Use 0 or at least readTimeout (${minCompletion}).`,
      );
}

/** Checks the headers that an origin adds, and writes out their keys (LE-B-42, LE-B-43). */
export function checkCustomHeaders(
  customHeaders: unknown,
  kind: "custom" | "s3",
  warnings: ResultWarning[],
): AcceptedHeaders | ResultViolation {
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
    return refuseOrigin(
      "LE-B-43",
      `${subject}.${denied}`,
      "is a header that CloudFront does not let an origin add. Remove it.",
    );
  }
  return checked.kind === "headers"
    ? checked
    : refuseOrigin("LE-B-59", `${subject}`, `are not allowed: ${checked.detail}`);
}
