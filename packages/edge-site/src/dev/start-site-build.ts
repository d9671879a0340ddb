import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join, relative } from "node:path";
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
 *
 * @param report Takes one sentence where the site is served as it was built, and what would change that.
 */
export function startSiteBuild(
  siteFolder: string,
  report: (message: string) => void,
): SiteBuild | undefined {
  const folder = nearestPackageFolder(siteFolder);
  if (folder === undefined || !hasScript(folder)) {
    const file = join(folder ?? siteFolder, "package.json");
    report(
      `The site is served as it is built: ${relative(process.cwd(), file)} has no script ${JSON.stringify(script)}. Add it, as in "vite build --watch", or build the site when its sources change.`,
    );
    return undefined;
  }
  const child = spawn(packageManager(), ["--silent", "run", script], {
    cwd: folder,
    stdio: ["ignore", 2, 2],
    // A group of its own: the script starts processes that its end would leave behind.
    detached: true,
  });
  child.once("error", ({ message }) => {
    report(
      `The site is served as it is built: its script ${JSON.stringify(script)} does not start: ${message}.`,
    );
  });
  const close = (): void => endGroup(child.pid);
  process.once("exit", close);
  return { close };
}

/** The one that runs this command; npm comes with Node.js. */
function packageManager(): string {
  const [, name] = /^(npm|pnpm|yarn|bun)\//.exec(process.env["npm_config_user_agent"] ?? "") ?? [];
  return name ?? "npm";
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
