import { execFile } from "node:child_process";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { TestProject } from "./project.ts";

const cli = join(import.meta.dirname, "../src/cli.ts");
const vite = { name: "shop", type: "module", devDependencies: { vite: "^8.0.0", vue: "^3.0.0" } };

/** Runs the command in a project's folder. */
function run(project: TestProject, ...args: readonly string[]) {
  return new Promise<{ exitStatus: number | null; stdout: string; stderr: string }>((settle) => {
    const child = execFile(
      process.execPath,
      ["--conditions=cf-edge-source", cli, ...args],
      { cwd: project.folder },
      (_error, stdout, stderr) => settle({ exitStatus: child.exitCode, stdout, stderr }),
    );
  });
}

describe("npm create cf-edge", () => {
  it("says what it has written, and the next three commands", async () => {
    const project = new TestProject(vite);
    expect(await run(project, "--routes", "/notes/:id,/about")).toMatchInlineSnapshot(`
      {
        "exitStatus": 0,
        "stderr": "",
        "stdout": "Found: Vite with Vue.

      Written:
        edge.config.mjs: the site, its functions and their options
        package.json: scripts.build:watch, scripts.edge:start, scripts.edge:dev, scripts.edge:preflight, scripts.edge:diff, scripts.edge:deploy, devDependencies.aws-cdk-lib, devDependencies.constructs, devDependencies.edge-site, devDependencies.security-headers, devDependencies.spa-rewrite
        .gitignore: cdk.out/, .dev/
        .github/workflows/edge-site.yml: a diff for each pull request, a deploy for main, once their roles are there

      Next:
        npm install
        npm run edge:start
        npm run edge:preflight
      ",
      }
    `);
    expect(project.read("edge.config.mjs")).toContain('routes: ["/notes/:id", "/about"]');
    const { stdout } = await run(project);
    expect(stdout).toContain("\nNothing to change.\n\nNext:\n  npm install\n");
  });

  it.each([
    [["--domain", "app.example.com"], /^A domain needs its certificate: got no --certificate\./],
    [["--domain", "app", "--certificate", "x"], /^The domain is no domain name: got "app"\./],
    [
      ["--domain", "app.example.com", "--certificate", "arn:aws:acm:eu-west-1:1:certificate/a"],
      /^The certificate is no ARN of ACM in us-east-1: got "arn:/,
    ],
    [["--routes", "notes"], /^A route is no path: got "notes"\./],
    [["--engine", "node"], /^Option '--engine <name>' argument 'node' is invalid\./],
    [["absent"], /^There is no package\.json: looked in .*absent\. /],
  ])("refuses %j in one line, and writes nothing", async (args, message) => {
    const project = new TestProject(vite);
    const { exitStatus, stdout, stderr } = await run(project, ...args);
    expect({ exitStatus, stdout }).toEqual({ exitStatus: 1, stdout: "" });
    expect(stderr).toMatch(message);
    expect(stderr.trim().split("\n")).toHaveLength(1);
    expect(Object.keys(project.files())).toEqual(["package.json"]);
  });
});
