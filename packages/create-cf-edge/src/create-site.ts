import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { Terminal } from "cf-command-line";
import { ask, type GivenAnswers } from "./ask.ts";
import { CreateCfEdgeError } from "./create-cf-edge-error.ts";
import { type Plan, planCdkApp, planChanges, type Versions } from "./plan/plan-changes.ts";
import { detectFramework } from "./project/detect-framework.ts";
import { type Project, readProject, stackNameOf } from "./project/read-project.ts";

/** Which packages a project needs. */
export type ProjectKind = "site" | "cdk-app";

/** What `createSite` takes. */
export interface CreateSiteOptions {
  /** Absolute path of the project. */
  readonly folder: string;
  /** What is known already; a project's framework says the rest, or a person. */
  readonly given: GivenAnswers & { readonly stackName?: string };
  /** Whether somebody can be asked. */
  readonly isInteractive: boolean;
  /** Returns the version ranges of the packages that a project gets. */
  readonly versionsOf: (kind: ProjectKind) => Versions;
  /** @default - the terminal of the process */
  readonly terminal?: Terminal;
}

/** What was done, for a person. */
export interface CreatedSite {
  /** The framework that was detected; undefined where none was. */
  readonly framework: string | undefined;
  readonly plan: Plan;
  /** The commands that come next. */
  readonly next: readonly string[];
  /** Code that a person adds; undefined where all is written. */
  readonly snippet: string | undefined;
}

/** For a CDK app; the construct is added by its author. */
const snippet = `import { EdgeSite } from "edge-site/cdk";

new EdgeSite(this, "Site", {
  siteFolder: "dist",
  functions: [
    { package: "spa-rewrite", config: { mode: "fallback" } },
    { package: "security-headers", config: { preset: "spa" } },
  ],
});`;

/**
 * Writes what an existing project needs for CloudFront: edge.config.ts, scripts, devDependencies and a workflow. What is
 * there already stays; a second run changes nothing.
 *
 * @returns Nothing when the person gives up.
 * @throws {CreateCfEdgeError} before anything is written
 */
export async function createSite(options: CreateSiteOptions): Promise<CreatedSite | undefined> {
  const project = readProject(options.folder);
  const created = isCdkApp(project) ? cdkApp(project, options) : await site(project, options);
  for (const { file, text } of created?.plan.changes ?? []) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  return created;
}

function isCdkApp(project: Project): boolean {
  return project.read("cdk.json") !== undefined;
}

function cdkApp(project: Project, { versionsOf }: CreateSiteOptions): CreatedSite {
  const plan = planCdkApp(project, versionsOf("cdk-app"));
  const { packageManager: manager } = project;
  return {
    framework: "an app of the AWS CDK",
    plan,
    next: [`${manager} install`, "npx cdk synth", `${manager} run edge:start`],
    snippet,
  };
}

async function site(
  project: Project,
  { given, isInteractive, versionsOf, terminal }: CreateSiteOptions,
): Promise<CreatedSite | undefined> {
  const framework = detectFramework(project);
  const detected: GivenAnswers =
    framework === undefined
      ? {}
      : {
          siteFolder: framework.siteFolder,
          routes: framework.kind === "pages" ? "pages" : "all",
        };
  const asked = isInteractive ? await ask(given, detected, terminal) : answersOf(given, detected);
  if (asked === undefined) return undefined;
  const plan = planChanges(
    project,
    {
      ...asked,
      hashedAssetsPattern: framework?.hashedAssetsPattern,
      stackName: given.stackName ?? stackNameOf(project),
    },
    { versions: versionsOf("site"), buildWatch: framework?.buildWatch },
  );
  const { packageManager: manager } = project;
  return {
    framework: framework?.name,
    plan,
    next: [`${manager} install`, `${manager} run edge:start`, `${manager} run edge:preflight`],
    snippet: undefined,
  };
}

function answersOf(given: GivenAnswers, detected: GivenAnswers) {
  const siteFolder = given.siteFolder ?? detected.siteFolder;
  const routes = given.routes ?? detected.routes;
  if (siteFolder === undefined || routes === undefined) {
    throw new CreateCfEdgeError(
      "MISSING_ANSWER",
      `The project's framework is not known, so its build is not either: got no ${siteFolder === undefined ? "--site-folder" : "--routes"}. Write: npm create cf-edge -- --site-folder dist --routes all`,
    );
  }
  return { siteFolder, routes, domain: given.domain, engine: given.engine };
}
