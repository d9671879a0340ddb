import type { InlineReleaseSelect } from "./edge/cloudfront-release-select.ts";
import type { CompiledReleaseSelect } from "./edge/compiled-release-select.ts";

/** Returns compiled options as they are in the code of a CloudFront Function: as they are. */
export function inlineConfig(compiled: CompiledReleaseSelect): InlineReleaseSelect {
  return compiled;
}
