import { compileSecurityHeaders } from "./compile-security-headers.ts";
import type { CompiledSecurityHeaders } from "./compiled-security-headers.ts";
import type { SecurityHeadersOptions } from "./options.ts";
import { analyzeSiteFolder, writeIntegrity } from "./site-folder.ts";

/**
 * Returns what compiles the options for a built site: it gives the scripts in the site's pages their
 * `integrity` attributes, in place, and the policy the hashes of all that is in the pages.
 *
 * @throws {SecurityHeadersOptionsError} At once, as `compileSecurityHeaders`.
 */
export function compileForSite(
  options: Omit<SecurityHeadersOptions, "site"> = {},
): (siteFolder: string) => CompiledSecurityHeaders {
  compileSecurityHeaders(options);
  return (siteFolder) => {
    writeIntegrity(siteFolder);
    return compileSecurityHeaders({ ...options, site: analyzeSiteFolder(siteFolder) });
  };
}
