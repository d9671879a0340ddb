import type { InlineLocale } from "./edge/cloudfront-locale.ts";

/** The compiled options as `inlineConfig` returns them. They are written into the code when the site is synthesized. */
declare const config: InlineLocale;
export = config;
