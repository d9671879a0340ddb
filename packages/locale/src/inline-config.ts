import { cloudFrontFunctionHeaders } from "edge-handler";
import type { InlineLocale } from "./edge/cloudfront-locale.ts";
import type { CompiledLocale } from "./edge/compiled-locale.ts";
import { readyLocale } from "./edge/ready-locale.ts";

/** Returns compiled options as they are in the code of a CloudFront Function: JSON and regular expressions. */
export function inlineConfig(compiled: CompiledLocale): InlineLocale {
  return {
    ...readyLocale(compiled),
    redirectHeaders: cloudFrontFunctionHeaders(compiled.redirectHeaders),
  };
}
