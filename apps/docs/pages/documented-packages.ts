import { existsSync } from "node:fs";
import { basename } from "node:path";
import type { PagePaths } from "./links.ts";
import { filesIn, readRepositoryFile, repositoryPath } from "./repository.ts";

interface DocumentedPackage {
  readonly name: string;
  readonly folder: string;
  readonly group: "Functions" | "Tools" | "Libraries";
}

/** The published packages. They are built before: this one depends on install-e2e, which names them all. */
export function documentedPackages(): readonly DocumentedPackage[] {
  return (
    filesIn("packages")
      // A branch that was left may leave what is built of its packages.
      .filter((name) => existsSync(repositoryPath(`packages/${name}/package.json`)))
      .map((name) => {
        const folder = `packages/${name}`;
        return {
          name,
          folder,
          group: groupOf(JSON.parse(readRepositoryFile(`${folder}/package.json`))),
        };
      })
  );
}

function groupOf(packageJson: object): DocumentedPackage["group"] {
  if ("edgeFunction" in packageJson) return "Functions";
  return "bin" in packageJson ? "Tools" : "Libraries";
}

/** The documents of the packages that are pages: the README, and what lies in docs. */
export function packageDocuments(): PagePaths {
  return new Map(
    documentedPackages().flatMap(({ name, folder }) => [
      [`${folder}/README.md`, `reference/${name}`] as const,
      [`${folder}/api.md`, `reference/${name}/api`] as const,
      ...documentsOf(folder).map(
        (file) => [`${folder}/docs/${file}`, `reference/${name}/${documentName(file)}`] as const,
      ),
    ]),
  );
}

/** The documents in a package's folder docs; the ledger is a page of its own. */
export function documentsOf(folder: string): readonly string[] {
  return filesIn(`${folder}/docs`).filter((file) => file.endsWith(".md") && file !== "FIDELITY.md");
}

/** How a page is called in its route: `options` for OPTIONS.md. */
export function documentName(file: string): string {
  return basename(file, ".md").toLowerCase();
}

/** The packages in the sidebar, by what they are for. */
export function packageSidebar() {
  return (["Functions", "Tools", "Libraries"] as const).map((group) => ({
    label: group,
    collapsed: true,
    items: documentedPackages()
      .filter((each) => each.group === group)
      .map(({ name, folder }) => ({
        label: name,
        collapsed: true,
        items: [
          `reference/${name}`,
          ...documentsOf(folder).map((file) => `reference/${name}/${documentName(file)}`),
          `reference/${name}/api`,
        ],
      })),
  }));
}
