import type { InlineReleaseSelect } from "./edge/cloudfront-release-select.ts";

/** The compiled options as `inlineConfig` returns them. They are written into the code when the site is synthesized. */
declare const config: InlineReleaseSelect;
export = config;
