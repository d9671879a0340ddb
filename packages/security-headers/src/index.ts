export type { ExternalScript, PageAnalysis } from "./site/analyze-page.ts";
export {
  type AnalyzeSiteOptions,
  type ReadSiteOptions,
  type SiteAnalysis,
  type SiteFiles,
  type SitePage,
  analyzeSite,
} from "./site/analyze-site.ts";
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
} from "./edge/compiled-security-headers.ts";
export { compileForSite } from "./compile/compile-for-site.ts";
export { compileSecurityHeaders } from "./compile/compile-security-headers.ts";
export {
  type ContentSecurityPolicyDirectives,
  type ContentSecurityPolicyOptions,
  contentSecurityPolicy,
} from "./csp/content-security-policy.ts";
export { type CspFinding, cspFindings } from "./scorecard/csp-findings.ts";
export {
  type ResponseFacts,
  type SecurityHeadersDecision,
  decideSecurityHeaders,
} from "./decide-security-headers.ts";
export {
  type SecurityHeadersExplanation,
  explainSecurityHeaders,
} from "./decide-security-headers.ts";
export {
  type ObservatoryFacts,
  type ObservatoryReport,
  type ObservatoryTest,
  observatoryReport,
} from "./scorecard/observatory.ts";
export type {
  HeaderSetOptions,
  InlineStyles,
  PathOverrideOptions,
  SecurityHeadersOptions,
  SiteOrigins,
  TrustedTypesOptions,
} from "./options.ts";
export { owaspRemovedHeaders } from "./scorecard/owasp.ts";
export { type OwaspFinding, owaspFindings } from "./scorecard/owasp.ts";
export { pagePathOverrides } from "./site/page-path-overrides.ts";
export { type PermissionsPolicyOptions, permissionsPolicy } from "./headers/permissions-policy.ts";
export { type PlainHeadersOptions, plainSecurityHeaders } from "./decide-security-headers.ts";
export { type PresetName, presetNames } from "./compile/presets.ts";
export type { ReportingEndpointsOptions } from "./headers/reporting-endpoints.ts";
export type { ResponseEventType } from "./edge/compiled-security-headers.ts";
export {
  type ResponseHeadersPolicyConfig,
  type ResponseHeadersPolicyOptions,
  responseHeadersPolicy,
} from "./response-headers-policy/response-headers-policy.ts";
export { responseHeadersPolicyConfig } from "./response-headers-policy/response-headers-policy.ts";
export { responseHeadersPolicyGaps } from "./response-headers-policy/response-headers-policy-gaps.ts";
export {
  type Scorecard,
  type ScorecardLimits,
  formatScorecard,
  refuseWeakHeaders,
  scorecard,
} from "./scorecard/scorecard.ts";
export { createSecurityHeaders } from "./edge/security-headers.ts";
export type { SecurityHeadersHandler } from "./edge/security-headers.ts";
export {
  SecurityHeadersOptionsError,
  type SecurityHeadersOptionsErrorCode,
} from "./security-headers-options-error.ts";
export { analyzeSiteFolder, readSiteFiles, writeIntegrity } from "./site/site-folder.ts";
export {
  type StrictTransportSecurityOptions,
  strictTransportSecurity,
} from "./headers/strict-transport-security.ts";
