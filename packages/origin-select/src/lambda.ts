import config from "./config.json" with { type: "json" };
import { createOriginSelect } from "./edge/origin-select.ts";

/** The Lambda@Edge entry: the compiled options lie beside the bundle. */
export const handler = createOriginSelect(config);
