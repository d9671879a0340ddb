import { existsSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { EdgeSiteError } from "../edge-site-error.ts";

/** The file that the distribution serves at `/`. */
export const siteDocument = "index.html";

/**
 * Returns the absolute path of the built site.
 *
 * @param siteFolder As in edge.config.ts.
 * @param baseFolder What it is relative to.
 * @throws {EdgeSiteError} `SITE_NOT_BUILT` when the folder is absent or has no document.
 */
export function builtSiteFolder(siteFolder: string, baseFolder: string): string {
  const folder = resolve(baseFolder, siteFolder);
  const subject = `siteFolder ${JSON.stringify(siteFolder)}`;
  const remedy = "Build the site first, as with: npm run build";
  if (!existsSync(folder) || !statSync(folder).isDirectory()) {
    throw new EdgeSiteError(
      "SITE_NOT_BUILT",
      `${subject} is no folder: looked at ${folder}. ${remedy}`,
    );
  }
  if (!existsSync(join(folder, siteDocument))) {
    throw new EdgeSiteError(
      "SITE_NOT_BUILT",
      `${subject} has no ${siteDocument}: looked in ${folder}. ${remedy}`,
    );
  }
  return folder;
}
