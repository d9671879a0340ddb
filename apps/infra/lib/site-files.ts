import { readdirSync } from "node:fs";
import { join, sep } from "node:path";

/**
 * Returns the names of a site's files in a stable order, relative to its folder, with `/` between
 * segments.
 *
 * @param siteFolder Absolute path.
 */
export function siteFiles(siteFolder: string): readonly string[] {
  return readdirSync(siteFolder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(siteFolder.length + 1))
    .map((path) => path.replaceAll(sep, "/"))
    .sort();
}
