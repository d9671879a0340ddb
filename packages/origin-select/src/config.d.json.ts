import type { CompiledOriginSelect } from "./edge/compiled-origin-select.ts";

/** The compiled options. The file is written beside the artefact when the site is synthesized. */
declare const config: CompiledOriginSelect;
export = config;
