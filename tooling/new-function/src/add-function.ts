import { copyFileSync, globSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { EventType } from "cf-types";
import { type NewFunction, pascalCase, refuseInvalidName } from "./function-names.ts";
import { withEdgeConfigLine } from "./edge-config-line.ts";
import { packageFiles } from "./package-files.ts";

interface WorkspacePackage {
  readonly name: string;
  readonly edgeFunction?: { readonly eventType: EventType };
}

/** What has been added to the workspace. */
export interface AddedFunction {
  /** Paths within the repository. */
  readonly written: readonly string[];
  /** The cache behaviors that run it; none when it waits in a comment. */
  readonly pathPatterns: readonly string[];
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
  const workspace = readWorkspace(root);
  refuseInvalidName(added.name, [...workspace.keys()]);
  const configFile = `${infra}/edge.config.ts`;
  const config = withEdgeConfigLine(
    readFileSync(join(root, configFile), "utf8"),
    added,
    (packageName) => workspace.get(packageName)?.edgeFunction?.eventType,
  );
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
  return { written: [...files.keys(), `${folder}/LICENSE`], pathPatterns: config.pathPatterns };
}

function readWorkspace(root: string): ReadonlyMap<string, WorkspacePackage> {
  const files = globSync("{packages,apps,tooling}/*/package.json", { cwd: root });
  const packages = files.map((file): WorkspacePackage =>
    JSON.parse(readFileSync(join(root, file), "utf8")),
  );
  return new Map(packages.map((each) => [each.name, each]));
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
