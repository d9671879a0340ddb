import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect, it, onTestFinished } from "vitest";

const root = resolve(import.meta.dirname, "../../..");

/**
 * Runs the commands of a section of the README in a project of somebody's.
 *
 * @param files Of the project.
 * @returns The project's folder, and what was printed.
 */
function afterCommandsOf(section: string, files: Readonly<Record<string, string>>) {
  const readme = readFileSync(join(root, "README.md"), "utf8");
  const pattern = new RegExp(`^## ${section}$[^]*?\`\`\`sh\\n([^]*?)\`\`\``, "m");
  const [, block = ""] = pattern.exec(readme) ?? [];
  const [build, ...commands] = block.trim().split("\n");
  // What the tests run is built.
  expect(build).toBe("pnpm build");
  const home = mkdtempSync(join(tmpdir(), "packed-by-hand-"));
  onTestFinished(() => rmSync(home, { recursive: true }));
  const project = join(home, "my-project");
  mkdirSync(project);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(project, name), text);
  const printed = execFileSync("sh", ["-ec", commands.join("\n").replaceAll("~", home)], {
    cwd: root,
    encoding: "utf8",
    stdio: "pipe",
  });
  return { project, printed };
}

it("the commands of the README take one function elsewhere", () => {
  const { project } = afterCommandsOf("Take one function elsewhere", { "package.json": "{}" });
  const script =
    'import("spa-rewrite").then(({ createSpaRewrite }) => console.log(typeof createSpaRewrite))';
  expect(execFileSync("node", ["-e", script], { cwd: project, encoding: "utf8" })).toBe(
    "function\n",
  );
});

it("the commands of the README add a site to a project before the first release", () => {
  const { project, printed } = afterCommandsOf("Before the first release", {
    "package.json": '{ "private": true }',
    "cdk.json": "{}",
    // The CDK is large, and what is packed is tried without it.
    ".npmrc": "legacy-peer-deps=true\n",
  });
  expect(printed).toContain("new EdgeSite(this");
  const { devDependencies } = JSON.parse(readFileSync(join(project, "package.json"), "utf8"));
  expect(devDependencies["edge-site"]).toMatch(/^file:/);
});
