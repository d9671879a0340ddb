import config from "./config.json" with { type: "json" };
import { createFixedHeaders } from "./fixed-headers.ts";
import { createHeaderRules } from "./header-rules.part.ts";

/** The Lambda@Edge entry: the compiled options lie beside the bundle, which has them for itself. */
export const handler = config.parts ? createHeaderRules(config) : createFixedHeaders(config);
