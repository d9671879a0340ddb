import config from "./config.json" with { type: "json" };
import { createSpaRewrite } from "./edge/spa-rewrite.ts";

/** The Lambda@Edge entry: the compiled options lie beside the bundle. */
export const handler = createSpaRewrite(config);
