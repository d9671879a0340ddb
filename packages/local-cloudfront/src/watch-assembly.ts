import { relative } from "node:path";
import type { WatchedPaths } from "./distribution/load-distribution.ts";
import { isWithin, watchFiles } from "./watch-files.ts";

/** What to do about a change. */
export interface WatchActions {
  /** The assembly, or the code of a function, is another one. */
  readonly onAssembly: () => void;
  /** @param paths files below the folders of origins, relative to them, in order */
  readonly onOrigins: (paths: readonly string[]) => void;
}

/** A synth and a build write many files: they have ended when it has been quiet for this long. */
const quietMs = 25;

/**
 * Calls back when what a distribution is made of has changed. No change is missed from the moment at
 * which it resolves, with what ends the watch.
 */
export async function watchAssembly(
  { assembly, origins }: WatchedPaths,
  { onAssembly, onOrigins }: WatchActions,
): Promise<() => Promise<void>> {
  const endings = await Promise.all([
    watchFiles(assembly, { quietMs }, () => onAssembly()),
    watchFiles(origins, { quietMs }, (paths) =>
      onOrigins(paths.map((path) => relativeTo(origins, path)).toSorted()),
    ),
  ]);
  return async () => {
    await Promise.all(endings.map((end) => end()));
  };
}

function relativeTo(folders: readonly string[], path: string): string {
  const folder = folders.find((one) => isWithin(one, path)) ?? "";
  return relative(folder, path);
}
