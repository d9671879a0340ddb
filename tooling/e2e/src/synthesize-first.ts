import { execFileSync } from "node:child_process";
import { join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "../../..");

/**
 * Builds and synthesizes what the tests run, so that a file of them can be run by itself. Turbo has done
 * so before it runs them all, and reports it.
 */
export function setup(): void {
  if (process.env["TURBO_HASH"] !== undefined) return;
  const turbo = join(root, "node_modules/.bin/turbo");
  const args = ["run", "synth", "--output-logs=errors-only"];
  execFileSync(turbo, args, { cwd: root, stdio: ["ignore", 2, 2] });
}
