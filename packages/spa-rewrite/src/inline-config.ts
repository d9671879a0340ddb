import { cloudFrontFunctionHeaders } from "edge-handler";
import type { CompiledSpaRewrite } from "./edge/compiled-spa-rewrite.ts";
import type { InlineSpaRewrite } from "./edge/cloudfront-spa-rewrite.ts";
import { readySpaRewrite } from "./edge/ready-spa-rewrite.ts";

/** Returns compiled options as they are in the code of a CloudFront Function: JSON and regular expressions. */
export function inlineConfig(compiled: CompiledSpaRewrite): InlineSpaRewrite {
  return {
    ...readySpaRewrite(compiled),
    logEvery: compiled.logEvery,
    redirectHeaders: cloudFrontFunctionHeaders(compiled.redirect?.headers ?? {}),
  };
}
