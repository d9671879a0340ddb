import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";

type Dependencies = Readonly<Record<string, string>>;

/** The fields of a package.json that the rules read. */
export interface PackageJson {
  readonly name: string;
  readonly version?: string;
  readonly private?: boolean;
  readonly description?: string;
  readonly license?: string;
  readonly type?: string;
  readonly files?: readonly string[];
  readonly exports?: Readonly<Record<string, unknown>>;
  readonly scripts?: Readonly<Record<string, string>>;
  readonly dependencies?: Dependencies;
  readonly devDependencies?: Dependencies;
  readonly peerDependencies?: Dependencies;
  readonly edgeFunction?: { readonly eventType: string };
}

/** One package of the workspace. */
export interface WorkspacePackage {
  /** Within the repository, as in `packages/spa-rewrite`. */
  readonly folder: string;
  readonly packageJson: PackageJson;
  /** Paths within the package, sorted; nothing that is built or installed. */
  readonly files: readonly string[];
}

/** The repository as the rules see it. */
export interface Workspace {
  readonly packages: readonly WorkspacePackage[];
  /** Every Markdown file that somebody writes, as paths within the repository. */
  readonly documents: readonly string[];
  /** Returns the text of a file, by its path within the repository. */
  read(path: string): string;
  /** Whether there is a file or a folder, by its path within the repository. */
  has(path: string): boolean;
}

const made = /(?:^|\/)(?:node_modules|dist|cdk\.out|\.turbo|\.vitest|src\/content)(?:\/|$)/;

/** Reads a repository with packages in `packages`, `apps` and `tooling`. */
export function readWorkspace(root: string): Workspace {
  const read = (path: string) => readFileSync(join(root, path), "utf8");
  const packages = globSync("{packages,apps,tooling}/*/package.json", { cwd: root })
    .map((file) => file.slice(0, -"/package.json".length))
    .sort();
  return {
    read,
    has: (path) => existsSync(join(root, path)),
    packages: packages.map((folder) => ({
      folder,
      packageJson: JSON.parse(read(`${folder}/package.json`)),
      files: filesIn(join(root, folder)),
    })),
    documents: globSync(
      ["*.md", ".changeset/*.md", ".github/**/*.md", "{docs,packages,apps,tooling}/**/*.md"],
      {
        cwd: root,
        exclude: (path) => made.test(path),
      },
    ).sort(),
  };
}

function filesIn(folder: string): readonly string[] {
  return globSync("**/*", {
    cwd: folder,
    withFileTypes: true,
    exclude: (entry) => made.test(entry.name),
  })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1))
    .sort();
}

/** What a rule is: everything in a repository that does not follow it, with the remedy. */
export type Rule = (workspace: Workspace) => readonly string[];
