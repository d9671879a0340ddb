export type { ExternalScript, PageAnalysis } from "./analyze-page.ts";
export {
  type AnalyzeSiteOptions,
  type SiteAnalysis,
  type SiteFiles,
  type SitePage,
  analyzeSite,
} from "./analyze-site.ts";
export {
  type CacheBehaviorFacts,
  type SecurityHeadersFinding,
  checkSecurityHeaders,
} from "./check-security-headers.ts";
export type {
  CompiledHeaderSet,
  CompiledPathOverride,
  CompiledSecurityHeaders,
  HeaderLines,
} from "./compiled-security-headers.ts";
export { compileForSite } from "./compile-for-site.ts";
export { compileSecurityHeaders } from "./compile-security-headers.ts";
export {
  type ContentSecurityPolicyDirectives,
  type ContentSecurityPolicyOptions,
  contentSecurityPolicy,
} from "./content-security-policy.ts";
export { type CspFinding, cspFindings } from "./csp-findings.ts";
export {
  type ResponseFacts,
  type SecurityHeadersDecision,
  decideSecurityHeaders,
} from "./decide-security-headers.ts";
export {
  type SecurityHeadersExplanation,
  explainSecurityHeaders,
} from "./explain-security-headers.ts";
export {
  type ObservatoryFacts,
  type ObservatoryReport,
  type ObservatoryTest,
  observatoryReport,
} from "./observatory.ts";
export type {
  HeaderSetOptions,
  PathOverrideOptions,
  SecurityHeadersOptions,
  TrustedTypesOptions,
} from "./options.ts";
export { owaspRemovedHeaders } from "./owasp-headers.ts";
export { type OwaspFinding, owaspFindings } from "./owasp-findings.ts";
export { pagePathOverrides } from "./page-path-overrides.ts";
export { type PermissionsPolicyOptions, permissionsPolicy } from "./permissions-policy.ts";
export { type PlainHeadersOptions, plainSecurityHeaders } from "./plain-security-headers.ts";
export { type PresetName, presetNames } from "./presets.ts";
export type { ReportingEndpointsOptions } from "./reporting-endpoints.ts";
export type { ResponseEventType } from "./response-event-type.ts";
export {
  type ResponseHeadersPolicyConfig,
  type ResponseHeadersPolicyOptions,
  responseHeadersPolicy,
} from "./response-headers-policy.ts";
export { responseHeadersPolicyConfig } from "./response-headers-policy-config.ts";
export { responseHeadersPolicyGaps } from "./response-headers-policy-gaps.ts";
export {
  type Scorecard,
  type ScorecardLimits,
  formatScorecard,
  refuseWeakHeaders,
  scorecard,
} from "./scorecard.ts";
export { createSecurityHeaders } from "./security-headers.ts";
export type { SecurityHeadersHandler } from "./security-headers-handler.ts";
export {
  SecurityHeadersOptionsError,
  type SecurityHeadersOptionsErrorCode,
} from "./security-headers-options-error.ts";
export { analyzeSiteFolder, readSiteFiles, writeIntegrity } from "./site-folder.ts";
export type { InlineStyles, SiteOrigins } from "./site-policy.ts";
export {
  type StrictTransportSecurityOptions,
  strictTransportSecurity,
} from "./strict-transport-security.ts";
