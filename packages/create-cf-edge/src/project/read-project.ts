import { existsSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { CreateCfEdgeError } from "../create-cf-edge-error.ts";

/** How a project's dependencies are installed. */
export type PackageManager = "npm" | "pnpm" | "yarn" | "bun";

/** A project as it is. */
export interface Project {
  /** Absolute path. */
  readonly folder: string;
  readonly packageJsonText: string;
  readonly packageJson: PackageJson;
  readonly packageManager: PackageManager;
  /** Absolute path of the repository that the project is in; its own folder where it is in none. */
  readonly repositoryFolder: string;
  /** The text of one of its files; undefined where it is absent. */
  read(path: string): string | undefined;
}

/** What of package.json matters here. */
export interface PackageJson {
  readonly name?: string;
  readonly type?: string;
  readonly scripts?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

const lockfiles: readonly (readonly [string, PackageManager])[] = [
  ["pnpm-lock.yaml", "pnpm"],
  ["yarn.lock", "yarn"],
  ["bun.lock", "bun"],
  ["bun.lockb", "bun"],
  ["package-lock.json", "npm"],
];

/**
 * Reads a project.
 *
 * @param folder Absolute path.
 * @throws {CreateCfEdgeError} `NO_PROJECT`
 */
export function readProject(folder: string): Project {
  const read = (path: string): string | undefined => {
    const file = join(folder, path);
    return existsSync(file) ? readFileSync(file, "utf8") : undefined;
  };
  const packageJsonText = read("package.json");
  if (packageJsonText === undefined) {
    throw new CreateCfEdgeError(
      "NO_PROJECT",
      `There is no package.json: looked in ${folder}. Run the command in the folder of your project, or name it: npm create cf-edge FOLDER.`,
    );
  }
  return {
    folder,
    packageJsonText,
    packageJson: parsed(packageJsonText, folder),
    packageManager: packageManagerOf(folder),
    repositoryFolder: nearest(folder, ".git") ?? folder,
    read,
  };
}

function parsed(text: string, folder: string): PackageJson {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new CreateCfEdgeError(
      "NO_PROJECT",
      `package.json is not JSON: looked in ${folder}. Correct it first.`,
      { cause },
    );
  }
}

/** In a workspace the lockfile lies above. */
function packageManagerOf(folder: string): PackageManager {
  const found = lockfiles
    .map(([name, manager]) => ({ manager, at: nearest(folder, name) }))
    .filter(({ at }) => at !== undefined)
    .toSorted((one, other) => (other.at?.length ?? 0) - (one.at?.length ?? 0));
  return found[0]?.manager ?? "npm";
}

/** The nearest folder from there upwards that has an entry of that name. */
function nearest(folder: string, name: string): string | undefined {
  if (existsSync(join(folder, name))) return folder;
  const parent = dirname(folder);
  return parent === folder ? undefined : nearest(parent, name);
}

/** Returns a name for the stack of a project: a letter, then letters, digits and hyphens. */
export function stackNameOf({ packageJson: { name }, folder }: Project): string {
  const words = (name ?? basename(folder)).replace(/^@[^/]*\//, "").split(/[^A-Za-z0-9]+/);
  const text = words.filter((word) => word !== "").join("-");
  return /^[A-Za-z]/.test(text) ? text : `site-${text}`.replace(/-$/, "");
}
