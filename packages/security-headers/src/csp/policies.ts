import { basePolicy } from "./site-policy.ts";
import {
  type ContentSecurityPolicyOptions,
  type PolicyDirectives,
  parseContentSecurityPolicy,
  policyDirectives,
  policyText,
} from "./content-security-policy.ts";
import { checkDirectiveValues } from "./directive-values.ts";
import { didYouMean } from "option-checks";
import type { SecurityHeadersOptions } from "../options.ts";
import type { Preset } from "../compile/presets.ts";
import { checks } from "../security-headers-options-error.ts";

/** The texts of the two policy headers; false for one that is not set. */
export interface Policies {
  readonly enforced: unknown;
  readonly reportOnly: unknown;
}

/** A policy, and how it is sent where that is not made from its directives. */
interface Policy {
  readonly directives: PolicyDirectives;
  readonly text?: unknown;
}

/**
 * Returns the Content-Security-Policy of a set of options and its report-only twin, with what the site,
 * the origins, Trusted Types and the reporting endpoints add to them.
 *
 * @throws {SecurityHeadersOptionsError} as `contentSecurityPolicy`.
 */
export function policiesOf(options: SecurityHeadersOptions, preset: Preset): Policies {
  const enforced = enforcedPolicy(options, preset);
  const reportOnly = reportOnlyPolicy(options, enforced.directives);
  return {
    enforced: enforced.text ?? policyText(withReporting(enforced.directives, options)),
    reportOnly:
      reportOnly === undefined
        ? false
        : (reportOnly.text ?? policyText(withReporting(reportOnly.directives, options))),
  };
}

function enforcedPolicy(options: SecurityHeadersOptions, preset: Preset): Policy {
  const { contentSecurityPolicy: given } = options;
  const base = basePolicy(options, preset);
  if (given === false) return { directives: base, text: false };
  if (typeof given === "string") {
    refuseAdditionsToText(options);
    return { directives: parseContentSecurityPolicy(given), text: given };
  }
  const trustedTypes = trustedTypesDirectives(options, "enforce");
  const isPreset =
    given === undefined &&
    base === preset.policy &&
    trustedTypes.size === 0 &&
    typeof options.reportingEndpoints !== "object";
  const text = isPreset ? preset.headers.contentSecurityPolicy : undefined;
  const own = given === undefined ? base : policyDirectives(given, base, "contentSecurityPolicy");
  return { directives: new Map([...own, ...trustedTypes]), text };
}

function reportOnlyPolicy(
  options: SecurityHeadersOptions,
  enforced: PolicyDirectives,
): Policy | undefined {
  const { contentSecurityPolicyReportOnly: given = false } = options;
  const subject = "contentSecurityPolicyReportOnly";
  if (typeof given === "string") {
    parseContentSecurityPolicy(given, subject);
    return { directives: new Map(), text: given };
  }
  const trustedTypes = trustedTypesDirectives(options, "report-only");
  if (given === false) return trustedTypes.size === 0 ? undefined : { directives: trustedTypes };
  const own = policyDirectives(given as ContentSecurityPolicyOptions, enforced, subject);
  return { directives: new Map([...own, ...trustedTypes]) };
}

function trustedTypesDirectives(
  { trustedTypes = false }: SecurityHeadersOptions,
  wantedMode: string,
): PolicyDirectives {
  if (trustedTypes === false) return new Map();
  checks.refuseUnknownKeys("trustedTypes", trustedTypes, ["mode", "policies"]);
  const { mode, policies } = trustedTypes;
  checks.refuseOtherThan("trustedTypes.mode", mode, ["report-only", "enforce"]);
  if (policies !== undefined) {
    checkDirectiveValues("trustedTypes.policies", "trusted-types-policies", policies);
  }
  if (mode !== wantedMode) return new Map();
  const names = policies?.length === 0 ? ["'none'"] : policies;
  return new Map([
    ["require-trusted-types-for", ["'script'"]],
    ...(names === undefined ? [] : ([["trusted-types", names]] as const)),
  ]);
}

function withReporting(
  policy: PolicyDirectives,
  { reportingEndpoints }: SecurityHeadersOptions,
): PolicyDirectives {
  if (reportingEndpoints === null || typeof reportingEndpoints !== "object") return policy;
  const [name] = policy.get("report-to") ?? [];
  if (name === undefined) {
    const [first] = Object.entries(reportingEndpoints);
    if (first === undefined) return policy;
    // Browsers that know report-to leave report-uri alone.
    const [endpoint, address] = first;
    return new Map([...policy, ["report-uri", [address]], ["report-to", [endpoint]]]);
  }
  if (Object.hasOwn(reportingEndpoints, name)) return policy;
  throw checks.invalidValue(
    "reportingEndpoints",
    "has no endpoint of the name that a policy reports to",
    name,
    didYouMean(name, Object.keys(reportingEndpoints)),
  );
}

function refuseAdditionsToText(options: SecurityHeadersOptions): void {
  const { site, origins, inlineStyles } = options;
  const trustedTypes = trustedTypesDirectives(options, "enforce").size > 0 || undefined;
  const added = Object.entries({ site, origins, inlineStyles, trustedTypes })
    .filter(([, value]) => value !== undefined)
    .map(([name]) => name);
  if (added.length === 0) return;
  throw checks.invalidValue(
    "contentSecurityPolicy",
    `is a text, which ${added.join(", ")} cannot change`,
    options.contentSecurityPolicy,
    "Give directives instead.",
  );
}
