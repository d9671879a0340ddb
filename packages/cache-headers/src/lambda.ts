import config from "./config.json" with { type: "json" };
import { createCacheHeaders } from "./edge/cache-headers.ts";

/** The Lambda@Edge entry: the compiled options lie beside the bundle. */
export const handler = createCacheHeaders(config);
