import { isDisallowedHeader, isRemovableByPolicy } from "cf-rules";
import type { TemplateProperty } from "cloud-assembly";
import { checkResponseHeadersQuotas } from "./check-quotas.ts";
import { managedResponseHeadersPolicy } from "../distribution/managed-response-headers-policy.ts";
import type { PolicyHeader, ResponseHeadersPolicy } from "../distribution/policies.ts";
import type { Resolution } from "./resolution.ts";
import { resolveCors } from "./resolve-cors.ts";
import { resolveSecurityHeaders } from "./resolve-security-headers.ts";
import { findPolicy, policyIdOf } from "./find-policy.ts";

/**
 * Resolves a `ResponseHeadersPolicyId`: a managed policy, or a policy of the assembly.
 *
 * @throws {CloudAssemblyError} when it is neither.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-cloudfront-responseheaderspolicy-responseheaderspolicyconfig.html
 */
export function resolveResponseHeadersPolicy(
  id: TemplateProperty,
  resolution: Resolution,
): ResponseHeadersPolicy {
  const managed = managedResponseHeadersPolicy(policyIdOf(id, resolution));
  if (managed !== undefined) return managed;
  const { config, ...policy } = findPolicy(id, "ResponseHeadersPolicy", resolution);
  checkResponseHeadersQuotas(
    config.property("CustomHeadersConfig").property("Items"),
    resolution.quotas,
  );
  return {
    ...policy,
    cors: resolveCors(config.property("CorsConfig")),
    securityHeaders: resolveSecurityHeaders(config.property("SecurityHeadersConfig")),
    customHeaders: resolveCustomHeaders(config.property("CustomHeadersConfig")),
    removeHeaders: config
      .property("RemoveHeadersConfig")
      .property("Items")
      .items()
      .map((item) => resolveRemovedHeader(item.property("Header"))),
    serverTimingSamplingRate: resolveSamplingRate(config.property("ServerTimingHeadersConfig")),
  };
}

function resolveCustomHeaders(config: TemplateProperty): readonly PolicyHeader[] {
  return config
    .property("Items")
    .items()
    .map((item) => ({
      name: item.property("Header").string(),
      value: item.property("Value").optionalString() ?? "",
      override: item.property("Override").boolean(false),
    }));
}

function resolveRemovedHeader(property: TemplateProperty): string {
  const name = property.string().toLowerCase();
  if (isRemovableByPolicy(name)) return name;
  throw property.error(
    "names a header that a response headers policy cannot remove",
    "Leave it out of RemoveHeadersConfig.",
    isDisallowedHeader(name) ? "LE-C-01" : "LE-C-07",
  );
}

function resolveSamplingRate(config: TemplateProperty): number | undefined {
  if (!config.property("Enabled").boolean(false)) return undefined;
  const property = config.property("SamplingRate");
  const rate = property.number(0);
  if (rate >= 0 && rate <= 100) return rate;
  throw property.error("is not a percentage", "Write a number from 0 to 100.");
}
