import { cloudFrontQuotas } from "cf-rules";
import type { TemplateProperty } from "cloud-assembly";
import type { PolicyHeader } from "../distribution/policies.ts";

/** A member of `SecurityHeadersConfig`, the header that it sets, and how its value is written. */
type SecurityHeader = readonly [
  property: string,
  name: string,
  valueOf: (config: TemplateProperty) => string,
];

const referrerPolicies = [
  "no-referrer",
  "no-referrer-when-downgrade",
  "origin",
  "origin-when-cross-origin",
  "same-origin",
  "strict-origin",
  "strict-origin-when-cross-origin",
  "unsafe-url",
] as const;

const securityHeaders: readonly SecurityHeader[] = [
  ["StrictTransportSecurity", "Strict-Transport-Security", strictTransportSecurity],
  ["ContentSecurityPolicy", "Content-Security-Policy", contentSecurityPolicy],
  ["ContentTypeOptions", "X-Content-Type-Options", () => "nosniff"],
  [
    "FrameOptions",
    "X-Frame-Options",
    (config) => config.property("FrameOption").oneOf(["DENY", "SAMEORIGIN"]),
  ],
  ["XSSProtection", "X-XSS-Protection", xssProtection],
  [
    "ReferrerPolicy",
    "Referrer-Policy",
    (config) => config.property("ReferrerPolicy").oneOf(referrerPolicies),
  ],
];

/**
 * Writes out the headers of a `SecurityHeadersConfig`.
 *
 * @throws {CloudAssemblyError} when CloudFront would refuse it.
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

function contentSecurityPolicy(config: TemplateProperty): string {
  const property = config.property("ContentSecurityPolicy");
  const policy = property.string();
  if (policy.length <= cloudFrontQuotas.customHeaders.valueCharacters) return policy;
  throw property.error(
    `has ${policy.length} characters`,
    `At most ${cloudFrontQuotas.customHeaders.valueCharacters} are allowed.`,
    undefined,
    `${policy.slice(0, 40)}…`,
  );
}

function xssProtection(config: TemplateProperty): string {
  if (!config.property("Protection").boolean(false)) return "0";
  const reportUri = config.property("ReportUri");
  const modeBlock = config.property("ModeBlock").boolean(false);
  if (modeBlock && reportUri.isPresent) {
    throw reportUri.error("cannot be combined with ModeBlock", "Write one of the two.");
  }
  if (modeBlock) return "1; mode=block";
  return reportUri.isPresent ? `1; report=${reportUri.string()}` : "1";
}
