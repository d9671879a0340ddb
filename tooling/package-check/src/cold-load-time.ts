import { execFileSync } from "node:child_process";
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** How many processes are measured. */
export const coldLoads = 15;
const measure = [
  "const start = process.hrtime.bigint();",
  'require("./index.cjs");',
  // Before process.stdout is there, which takes longer than the bundle.
  "const elapsed = process.hrtime.bigint() - start;",
  "process.stdout.write(String(elapsed));",
].join("\n");

/**
 * Returns the shortest time, in milliseconds, that a new process takes to load an artefact. Whatever else
 * the machine does makes the others longer.
 *
 * @param bundle Absolute path of the bundle.
 * @param config The compiled options, which the bundle finds beside it.
 */
export function coldLoadTimeMs(bundle: string, config: object): number {
  const folder = mkdtempSync(join(tmpdir(), "cold-load-"));
  try {
    copyFileSync(bundle, join(folder, "index.cjs"));
    writeFileSync(join(folder, "config.json"), JSON.stringify(config));
    writeFileSync(join(folder, "measure.cjs"), measure);
    const times = Array.from({ length: coldLoads }, () =>
      Number(execFileSync(process.execPath, ["measure.cjs"], { cwd: folder, encoding: "utf8" })),
    );
    return Math.min(...times) / 1e6;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
