import type { CompiledEdgeSignIn } from "./edge/compiled-edge-sign-in.ts";

/** The compiled options. The file is written beside the artefact when the site is synthesized. */
declare const config: CompiledEdgeSignIn;
export = config;
