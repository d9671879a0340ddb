import config from "./config.json" with { type: "json" };
import { createSecurityHeaders } from "./edge/security-headers.ts";

/** The Lambda@Edge entry: the compiled options lie beside the bundle. */
export const handler = createSecurityHeaders(config);
