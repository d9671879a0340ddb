import { copyFileSync, globSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { EdgeEngine } from "cf-types";
import { type NewFunction, pascalCase, refuseInvalidName } from "./function-names.ts";
import { withEdgeConfigLine } from "./edge-config-line.ts";
import { refuseInvalidEngine } from "./new-function-engine.ts";
import { packageFiles } from "./package-files.ts";

/** What has been added to the workspace. */
export interface AddedFunction {
  /** Paths within the repository. */
  readonly written: readonly string[];
  /** The site's engine, where the function does not run on it and waits in a comment. */
  readonly otherEngine: EdgeEngine | undefined;
}

const infra = "apps/infra";
/** Packs the packages that it depends on and installs them in other projects. */
const installed = "tooling/install-e2e";

/**
 * Writes a function package, its changeset, its line in edge.config.ts, and the dependencies on it of what
 * deploys it and of what installs it in other projects.
 *
 * @param root Absolute path of the repository.
 * @throws {NewFunctionError} before anything is written.
 */
export function addFunction(root: string, added: NewFunction): AddedFunction {
  refuseInvalidName(added.name, packageNames(root));
  refuseInvalidEngine(added);
  const configFile = `${infra}/edge.config.ts`;
  const config = withEdgeConfigLine(readFileSync(join(root, configFile), "utf8"), added);
  const folder = `packages/${added.name}`;
  const files = new Map([
    ...[...packageFiles(added)].map(([path, text]) => [`${folder}/${path}`, text] as const),
    [`.changeset/new-${added.name}.md`, changeset(added)],
    [configFile, config.text],
    [`${infra}/package.json`, withDependency(root, infra, "dependencies", added.name)],
    [`${installed}/package.json`, withDependency(root, installed, "devDependencies", added.name)],
  ]);
  for (const [path, text] of files) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  copyFileSync(join(root, "LICENSE"), join(root, folder, "LICENSE"));
  return { written: [...files.keys(), `${folder}/LICENSE`], otherEngine: config.otherEngine };
}

function packageNames(root: string): readonly string[] {
  const files = globSync("{packages,apps,tooling}/*/package.json", { cwd: root });
  return files.map((file) => JSON.parse(readFileSync(join(root, file), "utf8")).name);
}

function changeset({ name, eventType }: NewFunction): string {
  return `---\n"${name}": minor\n---\n\nSay what ${pascalCase(name)} does for its users, on ${eventType}.\n`;
}

function withDependency(
  root: string,
  folder: string,
  kind: "dependencies" | "devDependencies",
  name: string,
): string {
  const packageJson = JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8"));
  const dependencies = { ...packageJson[kind], [name]: "workspace:*" };
  const sorted = Object.fromEntries(
    Object.entries(dependencies).sort(([a], [b]) => (a < b ? -1 : 1)),
  );
  return `${JSON.stringify({ ...packageJson, [kind]: sorted }, undefined, 2)}\n`;
}
