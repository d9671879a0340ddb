export { analyseRedirects } from "./analyse/analyse-redirects.ts";
export type {
  CacheBehaviorFacts,
  PolicyNames,
  PolicyValues,
} from "./analyse/cache-behavior-facts.ts";
export { type SecretRedirectCheck, checkSecretRedirect } from "./analyse/check-secret-redirect.ts";
export type { RedirectFinding } from "./analyse/redirect-finding.ts";
export type { RedirectSite } from "./analyse/redirect-site.ts";
export { compileSecretRedirect } from "./compile-secret-redirect.ts";
export type { CompiledSecretRedirect } from "./compiled-secret-redirect.ts";
export type { Clock } from "./edge/clock.ts";
export {
  type SecretRedirectDecision,
  decideSecretRedirect,
} from "./edge/decide-secret-redirect.ts";
export { normalisePath } from "./edge/normalise-path.ts";
export { type SecretRedirectExample, exampleRequests } from "./example-requests.ts";
export type { RedirectRequest } from "./edge/read-request-value.ts";
export type { SecretRedirectPorts } from "./edge/secret-redirect-ports.ts";
export {
  type ExplainedRule,
  type SecretRedirectExplanation,
  explainSecretRedirect,
} from "./explain-secret-redirect.ts";
export { importRedirects, redirectRulesFrom } from "./import/import-redirects.ts";
export { readRedirectFile } from "./import/read-redirect-file.ts";
export type {
  ImportedRedirects,
  ImportProblem,
  RedirectFormat,
  RedirectSource,
} from "./import/redirect-source.ts";
export type {
  NamedValues,
  OneOrMore,
  RedirectConditions,
  RedirectRule,
  RedirectStatus,
  RedirectTimeWindow,
  RedirectToken,
} from "./redirect-rule.ts";
export { createSecretRedirect } from "./secret-redirect.ts";
export type { SecretRedirectOptions } from "./secret-redirect-options.ts";
export {
  SecretRedirectOptionsError,
  type SecretRedirectOptionsErrorCode,
} from "./secret-redirect-options-error.ts";
