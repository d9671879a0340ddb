import { watch } from "node:fs";

/** A synth writes many files at once; the assembly is read when it has been quiet for this long. */
const quietMs = 150;

/** Calls back when something under the paths has changed; returns what ends the watch. */
export function watchAssembly(paths: readonly string[], onChange: () => void): () => void {
  let timer: NodeJS.Timeout | undefined;
  const watchers = paths.map((path) =>
    watch(path, { recursive: true }, () => {
      clearTimeout(timer);
      timer = setTimeout(onChange, quietMs);
    }),
  );
  return () => {
    clearTimeout(timer);
    for (const watcher of watchers) watcher.close();
  };
}
