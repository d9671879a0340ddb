import { globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type PackedPackage, readPacked } from "./packed-package.ts";
import type { SourceMap } from "./source-map.ts";

/** A package from the registry whose code a bundler put into a file of ours. */
export interface BundledDependency {
  readonly name: string;
  /** Absolute path of the package in node_modules. */
  readonly folder: string;
}

/**
 * Returns the dependency that a source belongs to, or undefined if the source is ours.
 *
 * @param source Absolute path, with slashes.
 */
export function bundledDependencyOf(source: string): BundledDependency | undefined {
  const [, folder, name] = /^(.*\/node_modules\/((?:@[^/]+\/)?[^/]+))\//.exec(source) ?? [];
  return folder === undefined || name === undefined ? undefined : { name, folder };
}

/** Returns the names of the packages whose code the tarball holds, as its source maps say. */
export function bundledNames(packed: PackedPackage): ReadonlySet<string> {
  const names = packed.files
    .filter((file) => file.endsWith(".map"))
    .flatMap((file) => {
      const { sourceRoot = "", sources }: SourceMap = JSON.parse(readPacked(packed, file));
      const folder = join(packed.folder, dirname(file), sourceRoot);
      return sources.map((source) => bundledDependencyOf(join(folder, source))?.name ?? []);
    });
  return new Set(names.flat());
}

/** Tells whether a text is a source of the dependency: its maps carry it, even if its tarball does not. */
export function isSourceOf({ folder }: BundledDependency, text: string): boolean {
  return globSync("**/*.map", { cwd: folder }).some((file) => {
    const { sourcesContent = [] }: SourceMap = JSON.parse(readFileSync(join(folder, file), "utf8"));
    return sourcesContent.includes(text);
  });
}
