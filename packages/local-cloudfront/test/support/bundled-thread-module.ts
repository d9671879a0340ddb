import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { inject } from "vitest";

/** In place of `src/lambda-edge/thread/thread-module.ts`: threads run what is bundled for the tests. */
export function threadModule(): URL {
  return pathToFileURL(join(inject("bundle"), "worker/start-worker.cjs"));
}
