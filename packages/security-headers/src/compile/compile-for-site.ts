import { compileSecurityHeaders } from "./compile-security-headers.ts";
import type { CompiledSecurityHeaders } from "../edge/compiled-security-headers.ts";
import type { SecurityHeadersOptions } from "../options.ts";
import { everyFile, openSiteFolder } from "cf-site-files";
import type { ReadSiteOptions } from "../site/analyze-site.ts";
import { addIntegrity } from "../site/site-folder.ts";

/**
 * Returns what compiles the options for a built site: it gives the scripts in the site's pages their
 * `integrity` attributes, in place, and the policy the hashes of all that is in the pages.
 *
 * @throws {SecurityHeadersOptionsError} At once, as `compileSecurityHeaders`.
 */
export function compileForSite(
  options: Omit<SecurityHeadersOptions, "site"> = {},
): (siteFolder: string, site?: ReadSiteOptions) => CompiledSecurityHeaders {
  compileSecurityHeaders(options);
  return (siteFolder, { contentTypes = {} } = {}) => {
    // What is in the folder is the site: what is not published has been left out of the copy.
    const names = openSiteFolder(siteFolder, everyFile)
      .list()
      .files.map(({ key }) => key);
    const { site } = addIntegrity(siteFolder, names, { contentTypes });
    return compileSecurityHeaders({ ...options, site });
  };
}
