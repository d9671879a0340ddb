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
  writeFileSync(join(folder, "yarn"), "#!/bin/sh\nnode watcher.mjs\nexit 0\n");
  chmodSync(join(folder, "yarn"), 0o755);
  vi.stubEnv("PATH", `${folder}${delimiter}${process.env["PATH"]}`);
  vi.stubEnv("npm_config_user_agent", "yarn/4.9.0 npm/? node/v24.0.0 linux x64");
  onTestFinished(() => void vi.unstubAllEnvs());

  const told: string[] = [];
  const build = startSiteBuild(folder, (message) => told.push(message));
  const file = join(folder, "watcher.pid");
  await expect.poll(() => existsSync(file) && readFileSync(file, "utf8")).toMatch(/^\d+$/);
  const pid = Number(readFileSync(file, "utf8"));
  expect(isAlive(pid)).toBe(true);
  build?.close();
  await expect.poll(() => isAlive(pid)).toBe(false);
  expect(told).toEqual([]);
});

it("a site without a watcher is told of, with the script that makes one", () => {
  const folder = mkdtempSync(join(tmpdir(), "site-build-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, "package.json"), "{}");
  const told: string[] = [];
  expect(startSiteBuild(folder, (message) => told.push(message))).toBeUndefined();
  expect(told).toEqual([
    expect.stringMatching(
      /^The site is served as it is built: \S+package\.json has no script "build:watch"\. Add it, as in "vite build --watch", or build/,
    ),
  ]);
});
