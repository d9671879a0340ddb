import type { CompiledSpaRewrite } from "./edge/compiled-spa-rewrite.ts";

/** The compiled options. The file is written beside the artefact when the site is synthesized. */
declare const config: CompiledSpaRewrite;
export = config;
