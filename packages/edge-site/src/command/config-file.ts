import { existsSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { EdgeSiteError } from "../edge-site-error.ts";

const names = ["edge.config.ts", "edge.config.mts", "edge.config.js", "edge.config.mjs"];

/**
 * Finds the configuration.
 *
 * @param path A file, or a folder that has one; relative to the working directory, which counts where it is left out.
 * @returns Its absolute path.
 * @throws {EdgeSiteError} `INVALID_ARGUMENT` when there is none.
 */
export function configFileAt(path = "."): string {
  const absolute = resolve(path);
  const stats = statSync(absolute, { throwIfNoEntry: false });
  if (stats?.isFile() === true) return absolute;
  const file = names.map((name) => join(absolute, name)).find((each) => existsSync(each));
  if (file !== undefined) return file;
  throw new EdgeSiteError(
    "INVALID_ARGUMENT",
    `There is no edge.config.ts: looked in ${absolute}. Run the command in its folder, or name it: --config FOLDER.`,
  );
}
