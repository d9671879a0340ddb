import { once } from "node:events";
import { statSync } from "node:fs";
import { dirname, sep } from "node:path";

/** How files are watched. */
export interface WatchFilesOptions {
  /** Milliseconds without a change after which the changes so far are reported: a save is many writes. */
  readonly quietMs: number;
  /**
   * Whether a path below those that are watched does not count.
   * @default - each counts
   */
  readonly isIgnored?: (path: string) => boolean;
}

/** Milliseconds after which files that were reported are looked at once more. */
const secondLookMs = 100;

/**
 * Calls back with the files that have changed at or below some paths. No change is missed from the
 * moment at which it resolves, also where a path is taken away and put back.
 *
 * @param paths absolute: files and folders
 * @param onChange takes absolute paths of files, in the order of their changes
 * @returns what ends the watch
 */
export async function watchFiles(
  paths: readonly string[],
  { quietMs, isIgnored = () => false }: WatchFilesOptions,
  onChange: (files: readonly string[]) => void,
): Promise<() => Promise<void>> {
  const changed = new Set<string>();
  let quietTimer: NodeJS.Timeout | undefined;
  let isEnded = false;
  const notify = (): void => {
    const files = [...changed];
    changed.clear();
    const reported = new Map(files.map((file) => [file, revisionOf(file)]));
    onChange(files);
    // The watcher drops an event that follows another within a few milliseconds: a file that was reported
    // when it was half written would stay so.
    const lookAgain = () => {
      if (isEnded) return;
      const missed = files.filter((file) => revisionOf(file) !== reported.get(file));
      for (const file of missed) changed.add(file);
      if (missed.length > 0) notify();
    };
    setTimeout(lookAgain, secondLookMs);
  };
  // From the folders above, so that what is taken away and put back, as a synth does, is still reported.
  const above = [...new Set(paths.map((path) => dirname(path)))];
  const { watch } = await import("chokidar");
  const watcher = watch(above, {
    ignoreInitial: true,
    atomic: false,
    ignored: (path) =>
      !above.includes(path) && (!paths.some((one) => isWithin(one, path)) || isIgnored(path)),
  });
  watcher.on("all", (event, path) => {
    if (event === "addDir" || event === "unlinkDir") return;
    changed.add(path);
    clearTimeout(quietTimer);
    quietTimer = setTimeout(notify, quietMs);
  });
  await once(watcher, "ready");
  return async () => {
    isEnded = true;
    clearTimeout(quietTimer);
    await watcher.close();
  };
}

/** Whether a path is a folder or lies in it. */
export function isWithin(folder: string, path: string): boolean {
  return path === folder || path.startsWith(`${folder}${sep}`);
}

function revisionOf(file: string): string {
  const stats = statSync(file, { bigint: true, throwIfNoEntry: false });
  return stats === undefined ? "gone" : `${stats.mtimeNs} ${stats.size}`;
}
