import { once } from "node:events";
import { watch } from "chokidar";

/** A save may be several writes: it is over when it has been quiet for this long. */
const quietMs = 5;

/** A watch that has seen what there was, and tells what changes from now on. */
export interface Watch {
  close(): Promise<void>;
}

/**
 * Calls back with the files that have changed below some paths.
 *
 * @param paths absolute: files and folders
 * @param isIgnored whether a path below them does not count
 */
export async function whenQuiet(
  paths: readonly string[],
  isIgnored: (path: string) => boolean,
  onChange: (files: readonly string[]) => void,
): Promise<Watch> {
  const changed = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  const watcher = watch([...paths], { ignoreInitial: true, atomic: false, ignored: isIgnored });
  watcher.on("all", (event, file) => {
    if (event === "addDir" || event === "unlinkDir") return;
    changed.add(file);
    clearTimeout(timer);
    timer = setTimeout(() => {
      onChange([...changed]);
      changed.clear();
    }, quietMs);
  });
  await once(watcher, "ready");
  return {
    close: async () => {
      clearTimeout(timer);
      await watcher.close();
    },
  };
}
