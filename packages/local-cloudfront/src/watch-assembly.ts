import { once } from "node:events";
import { dirname, relative, sep } from "node:path";
import { watch } from "chokidar";
import type { WatchedPaths } from "./distribution/load-distribution.ts";

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
): Promise<() => void> {
  const endings = await Promise.all([
    whenQuiet(assembly, () => onAssembly()),
    whenQuiet(origins, (paths) =>
      onOrigins(paths.map((path) => relativeTo(origins, path)).toSorted()),
    ),
  ]);
  return () => endings.forEach((end) => end());
}

async function whenQuiet(
  paths: readonly string[],
  onQuiet: (changed: string[]) => void,
): Promise<() => void> {
  const changed = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  // From the folders above, so that what is taken away and put back, as a synth does, is still seen.
  const above = [...new Set(paths.map((path) => dirname(path)))];
  const watcher = watch(above, {
    ignoreInitial: true,
    atomic: false,
    ignored: (path) => !above.includes(path) && !paths.some((one) => isWithin(one, path)),
  });
  watcher.on("all", (event, path) => {
    if (event === "addDir" || event === "unlinkDir") return;
    changed.add(path);
    clearTimeout(timer);
    timer = setTimeout(() => {
      onQuiet([...changed]);
      changed.clear();
    }, quietMs);
  });
  await once(watcher, "ready");
  return () => {
    clearTimeout(timer);
    void watcher.close();
  };
}

function isWithin(folder: string, path: string): boolean {
  return path === folder || path.startsWith(`${folder}${sep}`);
}

function relativeTo(folders: readonly string[], path: string): string {
  const folder = folders.find((one) => isWithin(one, path)) ?? "";
  return relative(folder, path);
}
