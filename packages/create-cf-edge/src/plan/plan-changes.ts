import { existsSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import type { Answers } from "../answers.ts";
import type { Project } from "../project/read-project.ts";
import { edgeConfigText } from "./edge-config-text.ts";
import { editedPackageJson } from "./package-json-edits.ts";
import { workflowText } from "./workflow-text.ts";

/** A file that is written. */
export interface FileChange {
  /** Absolute path. */
  readonly file: string;
  readonly text: string;
  /** What is said of it, as in `edge.config.ts: the site, its functions and their options`. */
  readonly says: string;
}

/** All that is written, and what is left as it is. */
export interface Plan {
  readonly changes: readonly FileChange[];
  /** A sentence for each. */
  readonly kept: readonly string[];
}

/** The version ranges of what a project gets, by the package's name. */
export type Versions = Readonly<Record<string, string>>;

const configNames = ["edge.config.ts", "edge.config.mts", "edge.config.mjs", "edge.config.js"];
const ignored = ["cdk.out/", ".dev/"];

/** What a site's package.json gets. */
export interface SiteParts {
  readonly versions: Versions;
  /** The command that builds whenever a source changes. */
  readonly buildWatch: string | undefined;
}

/** Decides what is written into a project of a site; nothing of its own is overwritten. */
export function planChanges(
  project: Project,
  answers: Answers,
  { versions, buildWatch }: SiteParts,
): Plan {
  const workflow = planWorkflow(project);
  const packageJson = planPackageJson(project, {
    scripts: scriptsOf(project, buildWatch),
    devDependencies: versions,
  });
  const changes = [
    planConfig(project, answers),
    packageJson.change,
    planGitIgnore(project),
    workflow,
  ];
  return { changes: changes.filter((each) => each !== undefined), kept: packageJson.kept };
}

/** The same for a CDK app, whose author adds the construct. */
export function planCdkApp(project: Project, versions: Versions): Plan {
  const { change, kept } = planPackageJson(project, {
    scripts: { "edge:start": "cdk synth --quiet && local-cloudfront cdk.out" },
    devDependencies: versions,
  });
  return { changes: change === undefined ? [] : [change], kept };
}

/** Whether the project builds itself before it is served and deployed. */
function scriptsOf(
  { packageJson, packageManager }: Project,
  buildWatch: string | undefined,
): Readonly<Record<string, string>> {
  const build =
    packageJson.scripts?.["build"] === undefined ? "" : `${packageManager} run build && `;
  return {
    // "edge-site dev" runs it.
    ...(buildWatch !== undefined && { "build:watch": buildWatch }),
    "edge:start": `${build}edge-site start`,
    "edge:dev": `${build}edge-site dev`,
    "edge:preflight": `${build}edge-site preflight`,
    "edge:diff": `${build}edge-site diff`,
    "edge:deploy": `${build}edge-site deploy`,
  };
}

function planConfig(project: Project, answers: Answers): FileChange | undefined {
  if (configNames.some((name) => project.read(name) !== undefined)) return undefined;
  const name = configNameOf(project);
  return {
    file: join(project.folder, name),
    text: edgeConfigText(answers),
    says: `${name}: the site, its functions and their options`,
  };
}

/** A module in the language of the project, whatever its package.json takes a file for. */
function configNameOf(project: Project): string {
  if (project.read("tsconfig.json") === undefined) return "edge.config.mjs";
  return project.packageJson.type === "module" ? "edge.config.ts" : "edge.config.mts";
}

function planPackageJson(
  { folder, packageJsonText, packageJson }: Project,
  wanted: Parameters<typeof editedPackageJson>[2],
): { readonly change: FileChange | undefined; readonly kept: readonly string[] } {
  const { text, added, kept } = editedPackageJson(packageJsonText, packageJson, wanted);
  const change = {
    file: join(folder, "package.json"),
    text,
    says: `package.json: ${added.join(", ")}`,
  };
  return {
    change: added.length === 0 ? undefined : change,
    kept: kept.map((name) => `package.json: ${name} does something else, and stays as it is`),
  };
}

function planGitIgnore(project: Project): FileChange | undefined {
  const text = project.read(".gitignore") ?? "";
  const lines = text.split(/\r?\n/).map((line) => line.trim().replace(/^\/|\/$/g, ""));
  const missing = ignored.filter((entry) => !lines.includes(entry.replace(/\/$/, "")));
  if (missing.length === 0) return undefined;
  const before = text === "" || text.endsWith("\n") ? text : `${text}\n`;
  return {
    file: join(project.folder, ".gitignore"),
    text: `${before}${missing.join("\n")}\n`,
    says: `.gitignore: ${missing.join(", ")}`,
  };
}

function planWorkflow(project: Project): FileChange | undefined {
  const { folder, repositoryFolder, packageManager } = project;
  const projectPath = relative(repositoryFolder, folder).split(sep).join("/");
  const file = join(repositoryFolder, ".github/workflows/edge-site.yml");
  const text = workflowText({ projectPath, packageManager });
  if (existsSync(file) && readFileSync(file, "utf8") !== "") return undefined;
  return {
    file,
    text,
    says: ".github/workflows/edge-site.yml: a diff for each pull request, a deploy for main, once their roles are there",
  };
}
