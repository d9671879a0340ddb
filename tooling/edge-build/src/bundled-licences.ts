import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Bundle } from "./bundle-entry.ts";

/**
 * Returns the licences of the packages from node_modules whose code a bundle has, by the name of the package: who
 * publishes their code publishes these.
 *
 * @param packageFolder Real absolute path.
 */
export function bundledLicences(
  packageFolder: string,
  { sourceMap }: Bundle,
): ReadonlyMap<string, string> {
  const { sources } = JSON.parse(sourceMap) as { readonly sources: readonly string[] };
  const licences = new Map<string, string>();
  for (const source of sources) {
    const [, folder, name] =
      /^(.*\/node_modules\/((?:@[^/]+\/)?[^/]+))\//.exec(join(packageFolder, source)) ?? [];
    if (folder === undefined || name === undefined || licences.has(name)) continue;
    const file = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each));
    if (file !== undefined) licences.set(name, readFileSync(join(folder, file), "utf8"));
  }
  return licences;
}
