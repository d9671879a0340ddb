import { availableParallelism } from "node:os";

/** The core that servers run on, and the one for what sends them requests. */
export const serverCore = 0;
export const loadCore = 1;

/**
 * Returns a command that runs on one core only.
 *
 * @throws {Error} where there is no second core, or no taskset
 */
export function pinned(
  core: number,
  command: string,
  options: readonly string[],
): readonly [command: string, options: readonly string[]] {
  if (process.platform !== "linux" || availableParallelism() < 2) {
    throw new Error(
      `Servers are measured on a core of their own: got ${process.platform} with ${availableParallelism()}. Run this on Linux with two cores or more.`,
    );
  }
  return ["taskset", ["-c", String(core), command, ...options]];
}
