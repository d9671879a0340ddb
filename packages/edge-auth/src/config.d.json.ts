import type { CompiledEdgeAuth } from "./edge/compiled-edge-auth.ts";

/** The compiled options. The file is written beside the artefact when the site is synthesized. */
declare const config: CompiledEdgeAuth;
export = config;
