import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, statfsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";

const memory = "/dev/shm";
const enoughBytes = 2 ** 31;

/** Whether the machine has a folder in memory with room, out of which programs may be run. */
function hasRoomInMemory(): boolean {
  if (!existsSync("/proc/mounts")) return false;
  const [, options = "noexec"] =
    / \/dev\/shm tmpfs (\S+)/.exec(readFileSync("/proc/mounts", "utf8")) ?? [];
  if (/\bnoexec\b|\bro\b/.test(options)) return false;
  const { bavail, bsize } = statfsSync(memory);
  return bavail * bsize > enoughBytes;
}

/**
 * Gives a run a temporary folder of its own, which goes when the run is over, so that nothing stays of a
 * test, or a process that a test has started, that ended before it could clean up. What Node.js has compiled is kept
 * there for the processes of the run: some load modules whose path no other run has, which would stay for ever.
 */
export function setup({ config }: TestProject): void {
  const usual = realpathSync(tmpdir());
  // Tests make and remove thousands of folders, which a disk takes long for.
  const isInMemory = config.provide.hasLargeFiles !== true && hasRoomInMemory();
  const folder = mkdtempSync(join(isInMemory ? memory : usual, "cf-edge-tests-"));
  process.env["TMPDIR"] = folder;
  process.env["NODE_COMPILE_CACHE"] = join(folder, "node-compile-cache");
  // Not when the tests are over: each process that has run some writes what it has compiled when it ends.
  process.once("exit", () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
}
