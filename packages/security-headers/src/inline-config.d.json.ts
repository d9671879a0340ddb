import type { InlineSecurityHeaders } from "./edge/cloudfront-security-headers.ts";

/** The compiled options as `inlineConfig` returns them. They are written into the code when the site is synthesized. */
declare const config: InlineSecurityHeaders;
export = config;
