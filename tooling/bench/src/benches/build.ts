import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { appendFileSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Bench } from "../frame/bench.ts";

interface DryRun {
  readonly tasks: readonly {
    readonly taskId: string;
    readonly command: string;
    readonly cache: { readonly status: "HIT" | "MISS" };
  }[];
}

/** The whole workspace, built and tested by turbo in a clone of its own. */
export const build: Bench = {
  name: "build",
  title: "Build and tests of the workspace",
  method:
    "`turbo run build test` in a fresh worktree of the commit, with a cache of its own: cold, then warm; then one line is added to one function's source, and turbo is asked which tasks it would run. Two builds from nothing are compared byte by byte.",
  isSlow: true,
  async run() {
    const folder = mkdtempSync(join(tmpdir(), "cf-edge-bench-"));
    const clone = join(folder, "clone");
    const inClone = (command: string, ...options: readonly string[]): string => {
      const { status, stdout } = spawnSync(command, options, {
        cwd: clone,
        encoding: "utf8",
        maxBuffer: 1e9,
        stdio: ["ignore", "pipe", "ignore"],
      });
      if (status === 0) return stdout;
      const called = [command, ...options].join(" ");
      throw new Error(`${called} failed with status ${status}. Its end:\n${endOf(stdout)}`);
    };
    const turbo = (...options: readonly string[]): string =>
      inClone("pnpm", "exec", "turbo", "run", ...options, `--cache-dir=${join(folder, "cache")}`);
    execFileSync("git", ["worktree", "add", "--quiet", "--detach", clone]);
    try {
      inClone("pnpm", "install", "--prefer-offline", "--frozen-lockfile");
      const coldSeconds = secondsOf(() => turbo("build", "test"));
      const warmSeconds = secondsOf(() => turbo("build", "test"));
      const first = artefactsIn(clone);
      turbo("build", "synth", "--force");
      const isSame = artefactsIn(clone) === first;
      appendFileSync(join(clone, "packages/spa-rewrite/src/index.ts"), "// touched\n");
      const { tasks } = JSON.parse(turbo("build", "test", "synth", "--dry=json")) as DryRun;
      const real = tasks.filter(({ command }) => command !== "<NONEXISTENT>");
      const rerun = real.filter(({ cache }) => cache.status === "MISS");
      const names = rerun.map(({ taskId }) => `\`${taskId}\``).join(", ");
      return {
        tables: [
          {
            columns: ["", "result"],
            rows: [
              ["cold", `${coldSeconds.toFixed(0)} s`],
              ["warm, FULL TURBO", `${warmSeconds.toFixed(1)} s`],
              [
                "tasks that run after a change in spa-rewrite",
                `${rerun.length} of ${real.length}: ${names}`,
              ],
              ["two builds from nothing are equal byte by byte", isSame ? "yes" : "**no**"],
            ],
          },
        ],
      };
    } finally {
      execFileSync("git", ["worktree", "remove", "--force", clone]);
      rmSync(folder, { recursive: true });
    }
  },
};

/** What failed is named among the last lines; all of them would hide it. */
function endOf(output: string): string {
  return output.trimEnd().split("\n").slice(-60).join("\n");
}

function secondsOf(work: () => unknown): number {
  const sinceMs = performance.now();
  work();
  return (performance.now() - sinceMs) / 1000;
}

/** A digest of all that is built in a workspace. */
function artefactsIn(root: string): string {
  const digest = createHash("sha256");
  for (const group of ["packages", "apps"]) {
    for (const name of readdirSync(join(root, group)))
      digestFolder(join(root, group, name, "dist"), digest);
  }
  return digest.digest("hex");
}

function digestFolder(folder: string, digest: ReturnType<typeof createHash>): void {
  if (statSync(folder, { throwIfNoEntry: false }) === undefined) return;
  for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" }).toSorted()) {
    const path = join(folder, name);
    if (statSync(path).isFile()) digest.update(`${name}\n`).update(readFileSync(path));
  }
}
