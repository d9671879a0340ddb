import config from "./config.json" with { type: "json" };
import { createEdgeSignIn } from "./edge/edge-sign-in.ts";

/** The Lambda@Edge entry: the compiled options lie beside the bundle. */
export const handler = createEdgeSignIn(config);
