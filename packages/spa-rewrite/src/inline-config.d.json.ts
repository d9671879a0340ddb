import type { InlineSpaRewrite } from "./edge/cloudfront-spa-rewrite.ts";

/** The compiled options as `inlineConfig` returns them. They are written into the code when the site is synthesized. */
declare const config: InlineSpaRewrite;
export = config;
