import type { CompiledEdgeAuth } from "./edge/compiled-edge-auth.ts";
import type { InlineEdgeAuth } from "./edge/cloudfront-edge-auth.ts";
import { readyEdgeAuth } from "./edge/ready-edge-auth.ts";

/** Returns compiled options as they are in the code of a CloudFront Function: JSON and regular expressions. */
export function inlineConfig(compiled: CompiledEdgeAuth): InlineEdgeAuth {
  return readyEdgeAuth(compiled);
}
