import { execFileSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";

const ownModules = resolve(import.meta.dirname, "../node_modules");
const installTimeoutMs = 180_000;
const installArgs = [
  "install",
  "--ignore-scripts",
  "--no-audit",
  "--no-fund",
  "--no-update-notifier",
  // The CDK is lent.
  "--legacy-peer-deps",
  // What another project has fetched before is not asked for again.
  "--prefer-offline",
  // npm's own patience with a silent registry is a quarter of an hour.
  "--fetch-timeout=30000",
  "--fetch-retries=3",
  "--fetch-retry-mintimeout=1000",
  "--fetch-retry-maxtimeout=5000",
];

/** A project of somebody else's, outside of this workspace. */
export interface ConsumerProject {
  readonly folder: string;
  /** Writes a file, and the folders on its way. */
  write(path: string, content: string): void;
  /** Runs a command in the folder and returns what it printed; it throws with all of it on failure. */
  run(command: string, ...args: readonly string[]): string;
  /** Lends a package of this workspace, too large to be installed for a test. */
  lend(packageName: string): void;
  remove(): void;
}

/**
 * Makes a project in a new folder and installs tarballs into it with npm.
 *
 * @param packageJson What is in its package.json beside the dependencies.
 * @param tarballs Absolute paths by package name.
 */
export function createConsumerProject(
  packageJson: object,
  tarballs: Readonly<Record<string, string>>,
): ConsumerProject {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "consumer-")));
  const dependencies = Object.fromEntries(
    Object.entries(tarballs).map(([name, file]) => [name, `file:${file}`]),
  );
  const project = projectIn(folder);
  project.write("package.json", JSON.stringify({ ...packageJson, dependencies }));
  install(project);
  return project;
}

/** @throws {Error} with what npm said, also when it does not end. */
function install({ folder }: ConsumerProject): void {
  try {
    execFileSync("npm", installArgs, {
      cwd: folder,
      encoding: "utf8",
      stdio: "pipe",
      timeout: installTimeoutMs,
    });
  } catch (error) {
    const { stdout = "", stderr = "", code } = error as Failure;
    const problem = code === "ETIMEDOUT" ? `did not end in ${installTimeoutMs} ms` : "failed";
    throw new Error(
      `npm install of the tarballs ${problem}: got ${JSON.stringify(stdout + stderr)}. Look whether "npm ping" reaches the registry, and whether "npm config ls" names a proxy that does not answer.`,
    );
  }
}

interface Failure {
  readonly code?: string;
  readonly stdout?: string;
  readonly stderr?: string;
}

function projectIn(folder: string): ConsumerProject {
  return {
    folder,
    write(path, content) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    },
    run(command, ...args) {
      try {
        return execFileSync(command, args, { cwd: folder, encoding: "utf8", stdio: "pipe" });
      } catch (error) {
        const { stdout = "", stderr = "" } = error as Failure;
        throw new Error(`${[command, ...args].join(" ")} failed.\n${stdout}${stderr}`);
      }
    },
    lend(packageName) {
      const target = join(folder, "node_modules", packageName);
      mkdirSync(dirname(target), { recursive: true });
      if (!existsSync(target)) symlinkSync(realpathSync(join(ownModules, packageName)), target);
    },
    remove() {
      rmSync(folder, { recursive: true });
    },
  };
}

/** The TypeScript compiler of this workspace. */
export const tsc: string = join(ownModules, ".bin/tsc");

/** Copies a folder of fixtures into a project. */
export function copyInto({ folder }: ConsumerProject, fixture: string): void {
  cpSync(fixture, folder, { recursive: true });
}
