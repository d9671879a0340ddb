import { didYouMean, shown } from "option-checks";
import type { HeaderOption } from "./named-headers.ts";
import {
  type PermissionsPolicyOptions,
  permissionsPolicy,
  refuseMistakenPermissionsPolicy,
} from "./permissions-policy.ts";
import {
  endpointRemedy,
  isEndpointName,
  isReportAddress,
  reportingEndpoints,
} from "./reporting-endpoints.ts";
import { checks } from "../security-headers-options-error.ts";
import {
  parseStrictTransportSecurity,
  strictTransportSecurity,
} from "./strict-transport-security.ts";

type SimpleOption = Exclude<
  HeaderOption,
  "contentSecurityPolicy" | "contentSecurityPolicyReportOnly"
>;

// https://www.w3.org/TR/referrer-policy/#referrer-policies
const referrerPolicies =
  `no-referrer no-referrer-when-downgrade same-origin origin strict-origin origin-when-cross-origin
strict-origin-when-cross-origin unsafe-url`.split(/\s+/);

const allowedTokens: Partial<Record<HeaderOption, readonly string[]>> = {
  xContentTypeOptions: ["nosniff"],
  crossOriginOpenerPolicy: [
    "same-origin",
    "same-origin-allow-popups",
    "noopener-allow-popups",
    "unsafe-none",
  ],
  crossOriginEmbedderPolicy: ["require-corp", "credentialless", "unsafe-none"],
  crossOriginResourcePolicy: ["same-origin", "same-site", "cross-origin"],
  xPermittedCrossDomainPolicies: ["none", "master-only", "by-content-type", "all"],
  xDnsPrefetchControl: ["on", "off"],
  originAgentCluster: ["?1", "?0"],
};
const mayReport: readonly HeaderOption[] = ["crossOriginOpenerPolicy", "crossOriginEmbedderPolicy"];

/**
 * Returns the text of a header from what its option holds. What is not a text and has no parts is
 * returned as it is, for `headerLine` to refuse.
 *
 * @throws {SecurityHeadersOptionsError} when browsers would not read the header as it looks.
 */
export function headerValue(option: SimpleOption, value: unknown): unknown {
  switch (option) {
    case "strictTransportSecurity":
      if (typeof value === "string") parseStrictTransportSecurity(value, option);
      return isPart(value) ? strictTransportSecurity(value, option) : value;
    case "permissionsPolicy":
      if (typeof value === "string") refuseMistakenPermissionsPolicy(value, option);
      return isPart(value) ? permissionsPolicy(value as PermissionsPolicyOptions, option) : value;
    case "reportingEndpoints":
      return reportingEndpoints(value, option);
    case "referrerPolicy":
      return referrerPolicy(value, option);
    case "originAgentCluster":
      if (value === true) return "?1";
  }
  if (typeof value !== "string" || option === "server") return value;
  if (option === "xFrameOptions") return frameOptions(value);
  return option === "xXssProtection" ? xssProtection(value) : token(option, value);
}

function isPart(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function token(option: HeaderOption, value: string): string {
  const allowed = allowedTokens[option] ?? [];
  // An embedder or opener policy may name where it reports to.
  const [, policy = value, endpoint] = mayReport.includes(option)
    ? (/^([a-z-]+); *report-to="([^"]*)"$/.exec(value) ?? [])
    : [];
  if (allowed.includes(policy)) {
    if (endpoint === undefined || isEndpointName(endpoint)) return value;

    throw checks.invalidValue(
      option,
      "reports to a name that no endpoint can have",
      endpoint,
      endpointRemedy,
    );
  }
  throw notAllowed(option, value, allowed);
}

function frameOptions(value: string): string {
  const upperCase = value.toUpperCase();
  if (upperCase === "DENY" || upperCase === "SAMEORIGIN") return upperCase;
  if (upperCase === "SAME-ORIGIN") return "SAMEORIGIN";
  if (upperCase.startsWith("ALLOW-FROM")) {
    throw checks.invalidValue(
      "xFrameOptions",
      "has ALLOW-FROM, which browsers no longer read",
      value,
      "Name the origins in the directive frame-ancestors of contentSecurityPolicy.",
    );
  }
  throw notAllowed("xFrameOptions", value, ["DENY", "SAMEORIGIN"]);
}

/** One policy or a list, of which browsers take the last one that they know. */
function referrerPolicy(value: unknown, subject: string): unknown {
  if (typeof value !== "string" && !Array.isArray(value)) return value;
  const given: readonly unknown[] =
    typeof value === "string" ? value.split(",").map((each) => each.trim()) : value;
  if (given.length === 0) {
    throw checks.invalidValue(subject, "has no policy", value, "Give one, or false for no header.");
  }
  for (const [index, policy] of given.entries()) {
    if (typeof policy !== "string" || !referrerPolicies.includes(policy)) {
      const remedy = didYouMean(String(policy), referrerPolicies, shown);
      throw checks.invalidValue(subject, "has a policy that browsers do not know", policy, remedy);
    }
    if (given.indexOf(policy) < index) {
      throw checks.invalidValue(subject, `has ${policy} twice`, value, "Keep one.");
    }
  }
  return typeof value === "string" ? value : given.join(",");
}

function xssProtection(value: string): string {
  const [, address] = /^(?:0|1(?:; *(?:mode=block|report=(\S+)))?)$/.exec(value) ?? ["", ""];
  if (address === undefined || isReportAddress(address)) return value;
  throw notAllowed("xXssProtection", value, ["0", "1", "1; mode=block"]);
}

function notAllowed(option: string, value: string, allowed: readonly string[]) {
  const remedy = didYouMean(value, allowed, shown);
  return checks.invalidValue(option, "is not a value that browsers know", value, remedy);
}
