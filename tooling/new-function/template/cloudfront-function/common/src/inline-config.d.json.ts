import type { InlineMyFunction } from "./edge/cloudfront-my-function.ts";

/** The compiled options as `inlineConfig` returns them. They are written into the code when the site is synthesized. */
declare const config: InlineMyFunction;
export = config;
