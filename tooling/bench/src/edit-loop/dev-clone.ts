import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";

const root = resolve(import.meta.dirname, "../../../..");

/** `pnpm dev` in a clone of the workspace, whose files may be changed. */
export interface DevClone {
  /** Where viewers reach it. */
  readonly url: string;
  read(path: string): string;
  /** @param path relative to the clone, as is that of `read` */
  write(path: string, text: string): void;
  close(): Promise<void>;
}

/** Clones what is committed, installs it, and starts the edit loop. */
export async function startDevClone(): Promise<DevClone> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "edit-loop-")));
  execFileSync("git", ["clone", "--quiet", "--depth", "1", `file://${root}`, folder]);
  execFileSync("pnpm", ["install", "--prefer-offline", "--frozen-lockfile"], { cwd: folder });
  const child = spawn("pnpm", ["--silent", "dev", "--port", "0", "--log", "json"], {
    cwd: folder,
    stdio: ["ignore", "pipe", "ignore"],
    // Ctrl+C in a terminal ends what it has started as well.
    detached: true,
  });
  const ended = new Promise<void>((ends) => child.once("exit", () => ends()));
  const { promise: served, resolve: serves, reject } = Promise.withResolvers<string>();
  void ended.then(() => reject(new Error("pnpm dev ended before it served.")));
  createInterface({ input: child.stdout }).on("line", (line) => {
    if (!line.startsWith('{"event":"ready"')) return;
    serves((JSON.parse(line) as { readonly url: string }).url);
  });
  return {
    url: await served,
    read: (path) => readFileSync(join(folder, path), "utf8"),
    write: (path, text) => writeFileSync(join(folder, path), text),
    close: async () => {
      if (child.pid !== undefined) process.kill(-child.pid, "SIGINT");
      await ended;
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
