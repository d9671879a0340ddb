import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { hasEdgeBuild } from "./edge-build-of.ts";

/**
 * Returns the folder of a function package whose sources are in this workspace and that edge-build builds; undefined
 * for one that was installed from a registry, which never changes.
 *
 * @param resolveFrom A file; the package is looked for as if that file imported it.
 */
export function sourcePackageFolder(packageName: string, resolveFrom: string): string | undefined {
  const folder = dirname(createRequire(resolveFrom).resolve(`${packageName}/package.json`));
  const entries = ["lambda.ts", "cloudfront-function.ts"];
  const hasSources = entries.some((entry) => existsSync(join(folder, "src", entry)));
  return hasSources && hasEdgeBuild(folder) ? folder : undefined;
}

/** Returns the nearest folder, from the given one upwards, that has a package.json. */
export function nearestPackageFolder(folder: string): string | undefined {
  if (existsSync(join(folder, "package.json"))) return folder;
  const parent = dirname(folder);
  return parent === folder ? undefined : nearestPackageFolder(parent);
}
