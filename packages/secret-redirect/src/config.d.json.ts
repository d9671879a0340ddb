import type { CompiledSecretRedirect } from "./edge/compiled-secret-redirect.ts";

/** The compiled options. The file is written beside the artefact when the site is synthesized. */
declare const config: CompiledSecretRedirect;
export = config;
