import type { InlineSecretRedirect } from "./edge/cloudfront-secret-redirect.ts";

/** The compiled options as `inlineConfig` returns them. They are written into the code when the site is synthesized. */
declare const config: InlineSecretRedirect;
export = config;
