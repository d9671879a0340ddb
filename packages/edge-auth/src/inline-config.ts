import type { CompiledEdgeAuth } from "./edge/compiled-edge-auth.ts";
import { type ReadyEdgeAuth, readyEdgeAuth } from "./edge/ready-edge-auth.ts";

/** Returns compiled options as they stand in the code of a CloudFront Function: JSON and regular expressions. */
export function inlineConfig(compiled: CompiledEdgeAuth): ReadyEdgeAuth {
  return readyEdgeAuth(compiled);
}
