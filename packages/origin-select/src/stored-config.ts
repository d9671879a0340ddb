import type { KeyValueConfig } from "cf-types";
import type { InlineOriginSelect } from "./edge/cloudfront-origin-select.ts";
import type { CompiledOriginSelect } from "./edge/compiled-origin-select.ts";
import { inlineConfig } from "./inline-config.ts";

/**
 * Returns compiled options for a CloudFront Function that has a key value store: the table of hosts goes to the store,
 * whose limits no host name and no origin's name reaches.
 */
export function storedConfig(compiled: CompiledOriginSelect): KeyValueConfig<InlineOriginSelect> {
  return {
    config: { ...inlineConfig(compiled), originOfHost: {} },
    keyValues: Object.entries(compiled.originOfHost).map(([key, value]) => ({ key, value })),
    reads: 1,
  };
}
