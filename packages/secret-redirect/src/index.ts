export { analyzeRedirects } from "./check/analyze-redirects.ts";
export {
  type CacheBehaviorFacts,
  type SecretRedirectCheck,
  checkSecretRedirect,
} from "./check/check-secret-redirect.ts";
export type { RedirectFinding } from "./check/redirect-finding.ts";
export type { RedirectSite } from "./check/redirect-site.ts";
export { compileSecretRedirect } from "./compile/compile-secret-redirect.ts";
export type { CompiledSecretRedirect } from "./edge/compiled-secret-redirect.ts";
export type { Clock } from "./edge/secret-redirect-ports.ts";
export {
  type SecretRedirectDecision,
  decideSecretRedirect,
} from "./edge/decide-secret-redirect.ts";
export { normalisePath } from "edge-handler";
export { type SecretRedirectExample, exampleRequests } from "./explain/example-requests.ts";
export type { RedirectRequest } from "./edge/read-request-value.ts";
export type { SecretRedirectPorts } from "./edge/secret-redirect-ports.ts";
export {
  type ExplainedRule,
  type SecretRedirectExplanation,
  explainSecretRedirect,
} from "./explain/explain-secret-redirect.ts";
export { importRedirects, redirectRulesFrom } from "./import/import-redirects.ts";
export { readRedirectFile } from "./import/read-redirect-file.ts";
export type {
  ImportedRedirects,
  ImportLeftover,
  ImportProblem,
  LeftoverOwner,
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
} from "./compile/redirect-rule.ts";
export { createSecretRedirect } from "./edge/secret-redirect.ts";
export type { SecretRedirectOptions } from "./compile/secret-redirect-options.ts";
export {
  SecretRedirectOptionsError,
  type SecretRedirectOptionsErrorCode,
} from "./secret-redirect-options-error.ts";
