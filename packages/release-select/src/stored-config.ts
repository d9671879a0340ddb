import type { KeyValueConfig } from "cf-types";
import type { InlineReleaseSelect } from "./edge/cloudfront-release-select.ts";
import type { CompiledReleaseSelect } from "./edge/compiled-release-select.ts";
import { liveReleaseKey, noRelease } from "./edge/release-keys.ts";

/** Returns what the key value store has at first: no release, so that the origin is read without a path. */
export function storedConfig(compiled: CompiledReleaseSelect): KeyValueConfig<InlineReleaseSelect> {
  return { config: compiled, keyValues: [{ key: liveReleaseKey, value: noRelease }], reads: 1 };
}
