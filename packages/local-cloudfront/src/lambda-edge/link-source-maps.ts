import { readdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/**
 * Ends each staged file at the root that has a source map in a folder with the comment that names it: from
 * there its sources are found, which are named relative to it.
 *
 * @param taskRoot the copy of the code: it is changed
 * @param mapFolder absolute, with `index.cjs.map` for `index.cjs`
 */
export async function linkSourceMaps(taskRoot: string, mapFolder: string): Promise<void> {
  const [staged, maps] = await Promise.all([readdir(taskRoot), readdir(mapFolder)]);
  const mapped = staged.filter((name) => maps.includes(`${name}.map`));
  await Promise.all(mapped.map((name) => linkSourceMap(join(taskRoot, name), mapFolder, name)));
}

async function linkSourceMap(file: string, mapFolder: string, name: string): Promise<void> {
  const code = await readFile(file, "utf8");
  // A path, for Node.js takes no file URL there.
  const { pathname } = pathToFileURL(join(mapFolder, `${name}.map`));
  // The copy may be as little writable as its original.
  await writeFile(`${file}.linked`, `${code}\n//# sourceMappingURL=${pathname}\n`);
  await rename(`${file}.linked`, file);
}
