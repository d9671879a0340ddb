import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * Gives a run a temporary folder of its own, which goes when the run is over, so that nothing stays of a
 * test, or a process that a test has started, that ended before it could clean up. There Node.js keeps what it has
 * compiled, for the many processes that load the same modules.
 */
export function setup(): () => void {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), "cf-edge-tests-"));
  process.env["TMPDIR"] = folder;
  process.env["NODE_COMPILE_CACHE"] ??= join(folder, "compile-cache");
  return () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}
