export { type CompiledSpaRewrite, type SpaRewriteOptions, compileSpaRewrite } from "./options.ts";
export { createSpaRewrite } from "./spa-rewrite.ts";
export {
  SpaRewriteOptionsError,
  type SpaRewriteOptionsErrorCode,
} from "./spa-rewrite-options-error.ts";
