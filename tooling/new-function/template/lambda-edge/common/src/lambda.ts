import config from "./config.json" with { type: "json" };
import { createMyFunction } from "./edge/my-function.ts";

/** The Lambda@Edge entry: the compiled options lie beside the bundle. */
export const handler = createMyFunction(config);
