import type { CompiledSecurityHeaders } from "./edge/compiled-security-headers.ts";

/** The compiled options. The file is written beside the artefact when the site is synthesized. */
declare const config: CompiledSecurityHeaders;
export = config;
