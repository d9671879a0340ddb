import config from "./config.json" with { type: "json" };
import { createEdgeAuth } from "./edge/edge-auth.ts";

/** The Lambda@Edge entry: the compiled options lie beside the bundle. */
export const handler = createEdgeAuth(config);
