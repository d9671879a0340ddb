import type { InlineEdgeAuth } from "./edge/cloudfront-edge-auth.ts";

/** The compiled options as `inlineConfig` returns them. They are written into the code when the site is synthesized. */
declare const config: InlineEdgeAuth;
export = config;
