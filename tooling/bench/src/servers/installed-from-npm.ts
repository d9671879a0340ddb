import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * Installs a package from npm, with its dependencies, into a temporary folder that later runs find
 * again; returns that folder. The workspace itself never depends on what it is compared with.
 */
export function installedFromNpm(name: string, version: string): string {
  const folder = join(tmpdir(), "cf-edge-bench-npm", `${name}-${version}`);
  const finished = join(folder, "installed");
  if (existsSync(finished)) return folder;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), '{ "private": true }');
  const options = [
    "install",
    `${name}@${version}`,
    "--no-audit",
    "--no-fund",
    "--legacy-peer-deps",
  ];
  execFileSync("npm", options, { cwd: folder, stdio: ["ignore", "ignore", "inherit"] });
  writeFileSync(finished, "");
  return folder;
}
