import config from "./config.json" with { type: "json" };
import { createLocale } from "./edge/locale.ts";

/** The Lambda@Edge entry: the compiled options lie beside the bundle. */
export const handler = createLocale(config);
