export {
  type SpaRewriteFinding,
  type SpaRewriteSurroundings,
  checkSpaRewrite,
} from "./check-spa-rewrite.ts";
export { compileSpaRewrite } from "./compile-spa-rewrite.ts";
export type { CompiledRedirect, CompiledRule, CompiledSpaRewrite } from "./compiled-spa-rewrite.ts";
export {
  type SpaRewriteDecision,
  type SpaRewriteRequest,
  decideSpaRewrite,
} from "./decide-spa-rewrite.ts";
export { type SpaRewriteExample, exampleRequests } from "./example-requests.ts";
export { type SpaRewriteExplanation, explainSpaRewrite } from "./explain-spa-rewrite.ts";
export { parseRoutesFile } from "./parse-routes-file.ts";
export { routePattern } from "./route-pattern.ts";
export { createSpaRewrite } from "./spa-rewrite.ts";
export type { SpaApp, SpaMode, SpaRewriteOptions, TrailingSlash } from "./spa-rewrite-options.ts";
export {
  SpaRewriteOptionsError,
  type SpaRewriteOptionsErrorCode,
} from "./spa-rewrite-options-error.ts";
