import type { TemplateProperty } from "../template/template-property.ts";
import { managedResponseHeadersPolicy } from "./managed-policies.ts";
import type { CorsConfig, PolicyHeader, ResponseHeadersPolicy } from "./policies.ts";
import type { Resolution } from "./resolution.ts";
import { resolveSecurityHeaders } from "./resolve-security-headers.ts";
import { unknownPolicy } from "./unknown-policy.ts";

/**
 * Resolves a `ResponseHeadersPolicyId`: a managed policy, or a policy of the assembly.
 *
 * @throws {LocalCloudFrontError} when it is neither.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-cloudfront-responseheaderspolicy-responseheaderspolicyconfig.html
 */
export function resolveResponseHeadersPolicy(
  id: TemplateProperty,
  resolution: Resolution,
): ResponseHeadersPolicy {
  const value = id.string();
  const managed = managedResponseHeadersPolicy(value);
  if (managed !== undefined) return managed;
  const type = "AWS::CloudFront::ResponseHeadersPolicy";
  const found = resolution.resources.find(resolution.stack, type, value);
  if (found === undefined) throw unknownPolicy(id, type);
  const config = found.resource.properties.property("ResponseHeadersPolicyConfig");
  return {
    id: found.resource.logicalId,
    name: config.property("Name").optionalString() ?? found.resource.logicalId,
    cors: resolveCors(config.property("CorsConfig")),
    securityHeaders: resolveSecurityHeaders(config.property("SecurityHeadersConfig")),
    customHeaders: resolveCustomHeaders(config.property("CustomHeadersConfig")),
    removeHeaders: config
      .property("RemoveHeadersConfig")
      .property("Items")
      .items()
      .map((item) => item.property("Header").string().toLowerCase()),
    serverTimingSamplingRate: resolveSamplingRate(config.property("ServerTimingHeadersConfig")),
  };
}

function resolveCors(config: TemplateProperty): CorsConfig | undefined {
  if (!config.isPresent) return undefined;
  const items = (name: string): readonly string[] =>
    config.property(name).property("Items").strings();
  return {
    allowCredentials: config.property("AccessControlAllowCredentials").boolean(false),
    allowHeaders: items("AccessControlAllowHeaders"),
    allowMethods: items("AccessControlAllowMethods"),
    allowOrigins: items("AccessControlAllowOrigins"),
    exposeHeaders: items("AccessControlExposeHeaders"),
    maxAgeSeconds: config.property("AccessControlMaxAgeSec").number(undefined),
    originOverride: config.property("OriginOverride").boolean(false),
  };
}

function resolveCustomHeaders(config: TemplateProperty): readonly PolicyHeader[] {
  return config
    .property("Items")
    .items()
    .map((item) => ({
      name: item.property("Header").string(),
      value: item.property("Value").string(),
      override: item.property("Override").boolean(false),
    }));
}

function resolveSamplingRate(config: TemplateProperty): number | undefined {
  if (!config.property("Enabled").boolean(false)) return undefined;
  return config.property("SamplingRate").number(0);
}
