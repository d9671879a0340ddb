import type { TemplateProperty } from "../template/template-property.ts";
import type { PolicyHeader } from "./policies.ts";

/** A member of `SecurityHeadersConfig`, the header that it sets, and how its value is written. */
type SecurityHeader = readonly [
  property: string,
  name: string,
  valueOf: (config: TemplateProperty) => string,
];

const securityHeaders: readonly SecurityHeader[] = [
  ["StrictTransportSecurity", "Strict-Transport-Security", strictTransportSecurity],
  [
    "ContentSecurityPolicy",
    "Content-Security-Policy",
    (config) => config.property("ContentSecurityPolicy").string(),
  ],
  ["ContentTypeOptions", "X-Content-Type-Options", () => "nosniff"],
  [
    "FrameOptions",
    "X-Frame-Options",
    (config) => config.property("FrameOption").oneOf(["DENY", "SAMEORIGIN"]),
  ],
  ["XSSProtection", "X-XSS-Protection", xssProtection],
  ["ReferrerPolicy", "Referrer-Policy", (config) => config.property("ReferrerPolicy").string()],
];

/**
 * Writes out the headers of a `SecurityHeadersConfig`.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/understanding-response-headers-policies.html#understanding-response-headers-policies-security
 */
export function resolveSecurityHeaders(config: TemplateProperty): readonly PolicyHeader[] {
  return securityHeaders.flatMap(([property, name, valueOf]) => {
    const header = config.property(property);
    if (!header.isPresent) return [];
    const override = header.property("Override").boolean(false);
    return { name, value: valueOf(header), override };
  });
}

function strictTransportSecurity(config: TemplateProperty): string {
  const maxAge = config.property("AccessControlMaxAgeSec").string();
  const directives = [
    `max-age=${maxAge}`,
    ...(config.property("IncludeSubdomains").boolean(false) ? ["includeSubDomains"] : []),
    ...(config.property("Preload").boolean(false) ? ["preload"] : []),
  ];
  return directives.join("; ");
}

function xssProtection(config: TemplateProperty): string {
  if (!config.property("Protection").boolean(false)) return "0";
  const report = config.property("ReportUri").optionalString();
  if (config.property("ModeBlock").boolean(false)) return "1; mode=block";
  return report === undefined ? "1" : `1; report=${report}`;
}
