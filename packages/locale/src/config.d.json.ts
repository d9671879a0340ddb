import type { CompiledLocale } from "./edge/compiled-locale.ts";

/** The compiled options. The file is written beside the artefact when the site is synthesized. */
declare const config: CompiledLocale;
export = config;
