import config from "./config.json" with { type: "json" };
import { createSecretRedirect } from "./edge/secret-redirect.ts";

/** The Lambda@Edge entry: the compiled options lie beside the bundle. */
export const handler = createSecretRedirect(config);
