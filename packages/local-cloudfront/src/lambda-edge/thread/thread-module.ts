import { extname } from "node:path";

/** Where the module lies that a function's thread runs, seen from the sources or from the bundle. */
export function threadModule(): URL {
  const file = `./worker/start-worker${extname(import.meta.url)}`;
  return new URL(file, import.meta.url);
}
