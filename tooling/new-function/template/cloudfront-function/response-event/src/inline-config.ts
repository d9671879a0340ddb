import { cloudFrontFunctionHeaders } from "edge-handler";
import type { InlineMyFunction } from "./edge/cloudfront-my-function.ts";
import { type CompiledMyFunction, decide } from "./edge/decide.ts";

/** Returns compiled options as they are in the code of a CloudFront Function: JSON and regular expressions. */
export function inlineConfig(compiled: CompiledMyFunction): InlineMyFunction {
  return { headers: cloudFrontFunctionHeaders(decide(compiled)) };
}
