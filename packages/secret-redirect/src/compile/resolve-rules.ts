import type { RedirectRule } from "./redirect-rule.ts";
import type { SecretRedirectOptions } from "./secret-redirect-options.ts";
import { isAcceptedLocation, locationRemedy } from "./accepted-location.ts";
import { refuseInvalidCacheControls, refuseInvalidStatus } from "./redirect-response.ts";
import { invalid, refuseUnknownKeys } from "./refuse-invalid-option.ts";
import { refuseInvalidName } from "./redirect-conditions.ts";
import { withoutRawCharacters } from "./redirect-target.ts";
import { normalisePath } from "edge-handler";
import { type ResolvedRule, resolveRule } from "./resolve-rule.ts";

const simpleNames = ["path", "location", "status"];
const optionNames = [
  ...simpleNames,
  "token",
  "rules",
  "cacheControl",
  "hostHeader",
  "logSampleRate",
];
const requestPath = /^\/(?:[\w\-.~!$&'()*+,;=:@/]|%[\dA-Fa-f]{2})*$/;

/**
 * Returns all rules of the options in their order, the secret path first.
 *
 * @throws {SecretRedirectOptionsError} when an option is unknown, absent, of the wrong type or not valid.
 */
export function resolveRules(options: SecretRedirectOptions): ResolvedRule[] {
  refuseUnknownKeys("", options, optionNames);
  const { rules, cacheControl = {}, hostHeader = "host", logSampleRate = 0 } = options;
  refuseInvalidCacheControls(cacheControl);
  refuseInvalidName("hostHeader", "header", String(hostHeader));
  if (typeof logSampleRate !== "number" || !(logSampleRate >= 0 && logSampleRate <= 1)) {
    throw invalid(
      "INVALID_VALUE",
      "logSampleRate",
      "is not valid",
      logSampleRate,
      "Allowed: 0 to 1.",
    );
  }
  if (rules !== undefined && !Array.isArray(rules)) {
    throw invalid(
      "INVALID_TYPE",
      "rules",
      "is not a list",
      rules,
      'Give rules, as in [{ "from": "/old", "to": "/new" }].',
    );
  }
  const defaults = { cacheControl, hostHeader: hostHeader.toLowerCase() };
  const secret = secretRule(options);
  return [
    ...(secret ? resolveRule("options", secret, defaults) : []),
    ...(rules ?? []).flatMap((rule, index) => resolveRule(`rules[${index}]`, rule, defaults)),
  ];
}

function secretRule(options: SecretRedirectOptions): RedirectRule | undefined {
  const { path = "/secret", location, status = 302, token, rules } = options;
  const isWanted = [...simpleNames, "token"].some((name) => name in options);
  if (rules !== undefined && !isWanted) return undefined;
  refuseInvalidPath(path);
  refuseInvalidStatus("status", status);
  refuseInvalidLocation(location);
  const [target = ""] = location.split(/[?#]/);
  if (target.startsWith("/") && bare(target) === bare(path)) {
    throw invalid(
      "INVALID_LOCATION",
      "location",
      "leads back to path",
      location,
      "A viewer would be redirected for ever: name another path.",
    );
  }
  return {
    from: path,
    to: location,
    status,
    match: "exact",
    query: "drop",
    ...(token !== undefined && { token }),
  };
}

function bare(path: string): string {
  return normalisePath(path).replace(/\/$/, "");
}

function refuseInvalidPath(path: unknown): void {
  if (typeof path !== "string") {
    throw invalid("INVALID_TYPE", "path", "is not a string", path, 'Give a path, as in "/secret".');
  }
  if (!requestPath.test(path)) {
    throw invalid(
      "INVALID_PATH",
      "path",
      "is not the path of a request",
      path,
      'It starts with "/", has no query string and no fragment, and is percent-encoded.',
    );
  }
}

function refuseInvalidLocation(location: unknown): asserts location is string {
  if (typeof location !== "string") {
    throw invalid(
      "INVALID_TYPE",
      "location",
      "is not a string",
      location,
      'Give an absolute URL or a path, as in "https://example.com/".',
    );
  }
  if (!isAcceptedLocation(withoutRawCharacters(location))) {
    throw invalid(
      "INVALID_LOCATION",
      "location",
      "is not valid",
      location,
      locationRemedy(location),
    );
  }
}
