import type { TemplateProperty } from "cloud-assembly";
import { checkPolicyQuotas } from "./check-quotas.ts";
import { managedOriginRequestPolicy } from "cf-rules";
import type { OriginRequestPolicy } from "../distribution/policies.ts";
import type { Resolution } from "./resolution.ts";
import { resolveNameSelection } from "./resolve-name-selection.ts";
import { findPolicy, policyIdOf } from "./find-policy.ts";

const headerBehaviors = [
  "none",
  "whitelist",
  "allExcept",
  "allViewer",
  "allViewerAndWhitelistCloudFront",
] as const;

/**
 * Resolves an `OriginRequestPolicyId`: a managed policy, or a policy of the assembly.
 *
 * @throws {CloudAssemblyError} when it is neither.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-cloudfront-originrequestpolicy-originrequestpolicyconfig.html
 */
export function resolveOriginRequestPolicy(
  id: TemplateProperty,
  resolution: Resolution,
): OriginRequestPolicy {
  const managed = managedOriginRequestPolicy(policyIdOf(id, resolution));
  if (managed !== undefined) return managed;
  const { config, ...policy } = findPolicy(id, "OriginRequestPolicy", resolution);
  checkPolicyQuotas(config, resolution.quotas);
  return {
    ...policy,
    headers: resolveHeaders(config.property("HeadersConfig")),
    cookies: resolveNameSelection(config.property("CookiesConfig"), "CookieBehavior", "Cookies"),
    queryStrings: resolveNameSelection(
      config.property("QueryStringsConfig"),
      "QueryStringBehavior",
      "QueryStrings",
    ),
  };
}

function resolveHeaders(config: TemplateProperty): OriginRequestPolicy["headers"] {
  const behavior = config.property("HeaderBehavior").oneOf(headerBehaviors, "none");
  if (behavior === "none" || behavior === "allViewer") return { behavior };
  const headers = config.property("Headers").items();
  const authorization = headers.find((name) => name.string().toLowerCase() === "authorization");
  if (behavior !== "allExcept" && authorization !== undefined) {
    throw authorization.error(
      "is a header that an origin request policy does not name",
      "Name it in the cache policy, or use an origin request policy for all viewer headers.",
      "CF-G-48",
    );
  }
  const names = config.property("Headers").knownStrings();
  return { behavior, names: names.map((name) => name.toLowerCase()) };
}
