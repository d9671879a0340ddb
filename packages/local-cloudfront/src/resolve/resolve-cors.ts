import type { TemplateProperty } from "cloud-assembly";
import type { CorsConfig } from "../distribution/policies.ts";

/** In AWS's order; what the value `ALL` stands for. */
const allMethods = ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"] as const;

/**
 * Resolves a `CorsConfig`; undefined where it is absent.
 *
 * @throws {CloudAssemblyError} when CloudFront would refuse it.
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/understanding-response-headers-policies.html#understanding-response-headers-policies-cors
 */
export function resolveCors(config: TemplateProperty): CorsConfig | undefined {
  if (!config.isPresent) return undefined;
  const items = (name: string): TemplateProperty => config.property(name).property("Items");
  return {
    allowCredentials: config.property("AccessControlAllowCredentials").boolean(false),
    allowHeaders: items("AccessControlAllowHeaders").strings(),
    allowMethods: resolveMethods(items("AccessControlAllowMethods")),
    allowOrigins: items("AccessControlAllowOrigins").items().map(resolveOrigin),
    exposeHeaders: items("AccessControlExposeHeaders").strings(),
    maxAgeSeconds: config.property("AccessControlMaxAgeSec").number(undefined),
    originOverride: config.property("OriginOverride").boolean(false),
  };
}

function resolveMethods(items: TemplateProperty): readonly string[] {
  const methods = items.items().map((item) => item.oneOf([...allMethods, "ALL"]));
  return methods.includes("ALL") ? allMethods : methods;
}

/** A wildcard stands alone, for the leftmost label, or in the port. */
const originWithWildcard = /^(?:[a-z][a-z0-9+.-]*:\/\/)?(?:\*\.)?[^*/:]+(?::[\d*]+)?$/i;

function resolveOrigin(property: TemplateProperty): string {
  const origin = property.string();
  if (!origin.includes("*") || origin === "*" || originWithWildcard.test(origin)) return origin;
  throw property.error(
    "has a wildcard where an allowed origin may have none",
    'Write it alone, as the leftmost label ("https://*.example.org"), or in the port.',
  );
}
