import { relative } from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { WatchedPaths } from "../resolve/load-distribution.ts";
import { isWithin, watchFiles } from "./watch-files.ts";

/** What to do about a change. */
export interface WatchActions {
  /** The assembly, or the code of a function, is another one; resolves when it has been read. */
  readonly onAssembly: () => Promise<void>;
  /** @param paths files below the folders of origins, relative to them, in order */
  readonly onOrigins: (paths: readonly string[]) => void;
}

/** A synth and a build write many files: they have ended when it has been quiet for this long. */
const quietMs = 25;

/**
 * Calls back when what a distribution is made of has changed, also where that is at other paths from
 * then on. No change is missed from the moment at which it resolves, with what ends the watch.
 *
 * @param watchedPaths returns the paths as they were read last
 */
export async function watchAssembly(
  watchedPaths: () => WatchedPaths,
  { onAssembly, onOrigins }: WatchActions,
): Promise<() => Promise<void>> {
  let paths = watchedPaths();
  let isEnded = false;
  let reading = Promise.resolve();
  const read = async (): Promise<void> => {
    await onAssembly();
    const now = watchedPaths();
    if (isEnded || isDeepStrictEqual(now, paths)) return;
    const endBefore = endWatch;
    paths = now;
    endWatch = await watchPaths(now, actions);
    await endBefore();
    // What has changed there before it was watched.
    await read();
  };
  const actions = {
    onAssembly: () => {
      reading = reading.then(read);
    },
    onOrigins,
  };
  let endWatch = await watchPaths(paths, actions);
  return async () => {
    isEnded = true;
    await reading;
    await endWatch();
  };
}

async function watchPaths(
  { assembly, origins }: WatchedPaths,
  { onAssembly, onOrigins }: { readonly onAssembly: () => void } & Pick<WatchActions, "onOrigins">,
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
