import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { nearestPackageFolder } from "./package-folder.ts";

/** The script of the site's package that builds it whenever its sources change. */
const script = "build:watch";

/** The script while it runs. */
export interface SiteBuild {
  close(): void;
}

/**
 * Starts the script `build:watch` of the package that the site belongs to; undefined where there is
 * none. What it prints is seen on stderr.
 */
export function startSiteBuild(siteFolder: string): SiteBuild | undefined {
  const folder = nearestPackageFolder(siteFolder);
  if (folder === undefined || !hasScript(folder)) return undefined;
  const child = spawn("pnpm", ["--silent", "run", script], {
    cwd: folder,
    stdio: ["ignore", 2, 2],
    // A group of its own: the script starts processes that its end would leave behind.
    detached: true,
  });
  // Without pnpm the site is served as it was built: whoever builds it otherwise needs no script.
  child.once("error", () => {});
  const close = (): void => endGroup(child.pid);
  process.once("exit", close);
  return { close };
}

function endGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid);
  } catch {
    // It has ended already.
  }
}

function hasScript(folder: string): boolean {
  const { scripts } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as {
    readonly scripts?: Readonly<Record<string, string>>;
  };
  return scripts?.[script] !== undefined;
}
