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
  });
  // Without pnpm the site is served as it was built: whoever builds it otherwise needs no script.
  child.once("error", () => {});
  return { close: () => void child.kill() };
}

function hasScript(folder: string): boolean {
  const { scripts } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as {
    readonly scripts?: Readonly<Record<string, string>>;
  };
  return scripts?.[script] !== undefined;
}
