import type { CompiledReleaseSelect } from "./edge/compiled-release-select.ts";

/** The compiled options as `inlineConfig` returns them. They are written into the code when the site is synthesized. */
declare const config: CompiledReleaseSelect;
export = config;
