import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** What this package uses of edge-build. */
export interface EdgeBuild<BuildError extends Error = Error> {
  /** @throws {BuildError} when the author of the package can mend it */
  buildEdgeFunction(packageFolder: string): Promise<unknown>;
  describeBuildError(error: BuildError, packageFolder: string, coloured: boolean): Promise<string>;
  readonly EdgeBuildError: abstract new (...args: never[]) => BuildError;
}

/** Loads the edge-build that a function package is built with. */
export async function edgeBuildOf(packageFolder: string): Promise<EdgeBuild> {
  return import(pathToFileURL(resolveEdgeBuild(packageFolder)).href);
}

/** Returns whether a package is built with edge-build. */
export function hasEdgeBuild(packageFolder: string): boolean {
  try {
    return resolveEdgeBuild(packageFolder) !== "";
  } catch {
    return false;
  }
}

function resolveEdgeBuild(packageFolder: string): string {
  return createRequire(join(packageFolder, "package.json")).resolve("edge-build");
}
