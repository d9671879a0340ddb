import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { TestProject } from "./project.ts";

const vite = {
  name: "shop",
  scripts: { build: "vite build" },
  devDependencies: { vite: "^8.0.0" },
};
const path = ".github/workflows/edge-site.yml";

interface Workflow {
  readonly permissions: object;
  readonly defaults?: object;
  readonly jobs: Readonly<
    Record<string, { readonly if: string; readonly steps: readonly { readonly run?: string }[] }>
  >;
}

async function workflowOf(project: TestProject, subfolder = ""): Promise<Workflow> {
  await project.create({}, subfolder);
  return parse(project.read(path));
}

describe("the workflow", () => {
  it("shows the diff of a pull request and deploys main, each where its role is there", async () => {
    const { permissions, jobs } = await workflowOf(new TestProject(vite));
    expect(permissions).toEqual({});
    const commands = Object.entries(jobs).map(([name, { steps }]) => [
      name,
      ...steps.flatMap(({ run }) => run ?? []),
    ]);
    expect(commands).toEqual([
      ["diff", "npm ci", "npm run build", "npx edge-site diff"],
      ["deploy", "npm ci", "npm run build", "npx edge-site deploy"],
    ]);
    expect(jobs["diff"]?.if).toContain("vars.AWS_DIFF_ROLE_ARN != ''");
    expect(jobs["deploy"]?.if).toContain("vars.AWS_DEPLOY_ROLE_ARN != ''");
  });

  it("runs in the project's folder of a repository", async () => {
    const project = new TestProject(
      { name: "repository" },
      {
        ".git/HEAD": "",
        "apps/shop/package.json": JSON.stringify(vite),
        "pnpm-lock.yaml": "",
      },
    );
    const { defaults, jobs } = await workflowOf(project, "apps/shop");
    expect(defaults).toEqual({ run: { "working-directory": "apps/shop" } });
    expect(jobs["deploy"]?.steps.map(({ run }) => run)).toContain("pnpm install --frozen-lockfile");
  });

  it("takes the actions that this repository pins", async () => {
    const project = new TestProject(vite);
    await workflowOf(project);
    const own = readFileSync(
      new URL("../../../.github/workflows/deploy.yml", import.meta.url),
      "utf8",
    );
    const uses = project.read(path).match(/uses: .*/g) ?? [];
    expect(uses.length).toBeGreaterThan(0);
    for (const line of uses) expect(own).toContain(line);
  });

  it("is left as it is where there is one", async () => {
    const project = new TestProject(vite, { [path]: "name: mine\n" });
    await project.create();
    expect(project.read(path)).toBe("name: mine\n");
  });
});
