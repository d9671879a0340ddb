import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { expect, it, onTestFinished, vi } from "vitest";
import { startSiteBuild } from "./start-site-build.ts";

/** Starts a process of its own, which would outlive it, and writes that one's id. */
const watcher = `
import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
writeFileSync("watcher.pid", String(child.pid));
setInterval(() => {}, 1000);
`;

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

it("the site's watcher ends with all that it has started", async () => {
  const folder = mkdtempSync(join(tmpdir(), "site-build-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, "package.json"), '{"scripts":{"build:watch":"node watcher.mjs"}}');
  writeFileSync(join(folder, "watcher.mjs"), watcher);
  // It stands between, as pnpm does, and does not pass signals on.
  writeFileSync(join(folder, "pnpm"), "#!/bin/sh\nnode watcher.mjs\nexit 0\n");
  chmodSync(join(folder, "pnpm"), 0o755);
  vi.stubEnv("PATH", `${folder}${delimiter}${process.env["PATH"]}`);
  onTestFinished(() => void vi.unstubAllEnvs());

  const build = startSiteBuild(folder);
  const file = join(folder, "watcher.pid");
  await expect.poll(() => existsSync(file) && readFileSync(file, "utf8")).toMatch(/^\d+$/);
  const pid = Number(readFileSync(file, "utf8"));
  expect(isAlive(pid)).toBe(true);
  build?.close();
  await expect.poll(() => isAlive(pid)).toBe(false);
});
