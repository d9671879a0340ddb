import type { CompiledResponse } from "../edge/compiled-secret-redirect.ts";
import type { RedirectStatus } from "./redirect-rule.ts";
import { shown } from "option-checks";
import { invalid } from "./refuse-invalid-option.ts";

// RFC 9110, 15.4.
const statusDescriptions: Readonly<Record<RedirectStatus, string>> = {
  301: "Moved Permanently",
  302: "Found",
  303: "See Other",
  307: "Temporary Redirect",
  308: "Permanent Redirect",
};
const statuses = Object.keys(statusDescriptions);

// A browser would keep a permanent redirect for ever, and CloudFront any for its default TTL: a day.
const permanently = "public, max-age=86400";
const briefly = "public, max-age=0, s-maxage=60";

/** RFC 9111, 5.2: directives with an optional value. */
const cacheControlValue =
  /^[\w-]+(?:=(?:[\w-]+|"[\w ,-]*"))?(?:, ?[\w-]+(?:=(?:[\w-]+|"[\w ,-]*"))?)*$/;

/**
 * Returns status and caching of a response.
 *
 * @param cacheControl As the rule or the options say; `undefined` takes the default.
 * @param isForAll Whether every viewer who asks for the same URL gets the same response, at any time.
 */
export function redirectResponse(
  status: RedirectStatus,
  cacheControl: string | undefined,
  isForAll: boolean,
): CompiledResponse {
  const isPermanent = status === 301 || status === 308;
  return {
    status: String(status),
    statusDescription: statusDescriptions[status],
    cacheControl: cacheControl ?? (isPermanent && isForAll ? permanently : briefly),
  };
}

/** @throws {SecretRedirectOptionsError} `INVALID_STATUS`. */
export function refuseInvalidStatus(subject: string, status: unknown): void {
  if (typeof status === "number" && statuses.includes(String(status))) return;
  throw invalid(
    "INVALID_STATUS",
    subject,
    "is not one of a redirect",
    status,
    `Allowed: ${statuses.join(", ")}.`,
  );
}

/** @throws {SecretRedirectOptionsError} `INVALID_VALUE`. */
export function refuseInvalidCacheControl(subject: string, value: unknown): void {
  if (typeof value === "string" && cacheControlValue.test(value)) return;
  throw invalid(
    "INVALID_VALUE",
    subject,
    "is not a Cache-Control",
    value,
    `Give directives, as in ${shown(briefly)}.`,
  );
}

/** @throws {SecretRedirectOptionsError} `INVALID_TYPE`, `INVALID_STATUS` or `INVALID_VALUE`. */
export function refuseInvalidCacheControls(value: unknown): void {
  if (value === null || typeof value !== "object" || Array.isArray(value)) {
    throw invalid(
      "INVALID_TYPE",
      "cacheControl",
      "is not an object",
      value,
      `Give values by status: ${statuses.join(", ")}.`,
    );
  }
  for (const [status, each] of Object.entries(value)) {
    refuseInvalidStatus("cacheControl", Number(status));
    refuseInvalidCacheControl(`cacheControl[${status}]`, each);
  }
}
