import type { InlineOriginSelect } from "./edge/cloudfront-origin-select.ts";
import type { CompiledOriginSelect } from "./edge/compiled-origin-select.ts";
import { readyOriginSelect } from "./edge/ready-origin-select.ts";

/** Returns compiled options as they are in the code of a CloudFront Function: JSON and regular expressions. */
export function inlineConfig(compiled: CompiledOriginSelect): InlineOriginSelect {
  const origins = Object.entries(compiled.origins).map(
    ([name, { lambdaEdge: _ofTheOtherEngine, ...origin }]) => [name, origin] as const,
  );
  return { ...readyOriginSelect(compiled), origins: Object.fromEntries(origins) };
}
