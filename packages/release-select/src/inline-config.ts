import type { CompiledReleaseSelect } from "./edge/compiled-release-select.ts";

/** Returns compiled options as they stand in the code of a CloudFront Function: as they are. */
export function inlineConfig(compiled: CompiledReleaseSelect): CompiledReleaseSelect {
  return compiled;
}
