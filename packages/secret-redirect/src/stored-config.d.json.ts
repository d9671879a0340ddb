import type { StoredSecretRedirect } from "./edge/stored-secret-redirect.ts";

/** The compiled options as `storedConfig` returns them. They are written into the code when the site is synthesized. */
declare const config: StoredSecretRedirect;
export = config;
