import type { CompiledSecurityHeaders } from "./options.ts";

/** The compiled options. The file is written beside the artefact when the site is synthesized. */
declare const config: CompiledSecurityHeaders;
export = config;
