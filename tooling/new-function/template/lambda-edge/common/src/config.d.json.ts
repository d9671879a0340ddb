import type { CompiledMyFunction } from "./edge/decide.ts";

/** The compiled options. The file is written beside the artefact when the site is synthesized. */
declare const config: CompiledMyFunction;
export = config;
