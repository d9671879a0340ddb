import type { InlineOriginSelect } from "./edge/cloudfront-origin-select.ts";

/** The compiled options as `storedConfig` returns them. They are written into the code when the site is synthesized. */
declare const config: InlineOriginSelect;
export = config;
