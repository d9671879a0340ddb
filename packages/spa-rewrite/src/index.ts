export {
  type SpaRewriteFinding,
  type SpaRewriteSurroundings,
  checkSpaRewrite,
} from "./check/check-spa-rewrite.ts";
export { compileSpaRewrite } from "./compile/compile-spa-rewrite.ts";
export type {
  CompiledRedirect,
  CompiledRule,
  CompiledSpaRewrite,
} from "./edge/compiled-spa-rewrite.ts";
export { type SpaRewriteRequest, decideSpaRewrite } from "./decide-spa-rewrite.ts";
export type { SpaRewriteDecision } from "./edge/decide.ts";
export { type SpaRewriteExample, exampleRequests } from "./explain/example-requests.ts";
export { type SpaRewriteExplanation, explainSpaRewrite } from "./explain/explain-spa-rewrite.ts";
export { type ParseRoutesOptions, parseRoutesFile } from "./import/parse-routes-file.ts";
export { routePattern } from "./routes/route-pattern.ts";
export { createSpaRewrite } from "./edge/spa-rewrite.ts";
export type {
  SpaApp,
  SpaMode,
  SpaRewriteOptions,
  TrailingSlash,
} from "./compile/spa-rewrite-options.ts";
export {
  SpaRewriteOptionsError,
  type SpaRewriteOptionsErrorCode,
} from "./spa-rewrite-options-error.ts";
