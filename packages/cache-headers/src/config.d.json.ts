import type { CompiledCacheHeaders } from "./edge/compiled-cache-headers.ts";

/** The compiled options. The file is written beside the artefact when the site is synthesized. */
declare const config: CompiledCacheHeaders;
export = config;
