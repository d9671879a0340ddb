import { readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/**
 * Ends each staged file at the root that has a source map in a folder with the comment that names it: from
 * there its sources are found, which are named relative to it.
 *
 * @param taskRoot the copy of the code: it is changed
 * @param mapFolder absolute, with `index.cjs.map` for `index.cjs`
 */
export function linkSourceMaps(taskRoot: string, mapFolder: string): void {
  const maps = new Set(readdirSync(mapFolder));
  for (const name of readdirSync(taskRoot)) {
    if (maps.has(`${name}.map`)) linkSourceMap(join(taskRoot, name), mapFolder, name);
  }
}

function linkSourceMap(file: string, mapFolder: string, name: string): void {
  const code = readFileSync(file, "utf8");
  // A path, for Node.js takes no file URL there.
  const { pathname } = pathToFileURL(join(mapFolder, `${name}.map`));
  // The copy may be as little writable as its original.
  writeFileSync(`${file}.linked`, `${code}\n//# sourceMappingURL=${pathname}\n`);
  renameSync(`${file}.linked`, file);
}
