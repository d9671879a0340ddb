import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect, it, onTestFinished } from "vitest";

const root = resolve(import.meta.dirname, "../../..");

it("the commands of the README take one function elsewhere", () => {
  const readme = readFileSync(join(root, "README.md"), "utf8");
  const [, block = ""] =
    /^## Take one function elsewhere$[^]*?```sh\n([^]*?)```/m.exec(readme) ?? [];
  const [build, ...commands] = block.trim().split("\n");
  // What the tests run is built.
  expect(build).toBe("pnpm build");
  const home = mkdtempSync(join(tmpdir(), "one-function-"));
  onTestFinished(() => rmSync(home, { recursive: true }));
  const project = join(home, "my-project");
  mkdirSync(project);
  writeFileSync(join(project, "package.json"), "{}");
  execFileSync("sh", ["-ec", commands.join("\n").replaceAll("~", home)], {
    cwd: root,
    stdio: "pipe",
  });
  const script =
    'import("spa-rewrite").then(({ createSpaRewrite }) => console.log(typeof createSpaRewrite))';
  expect(execFileSync("node", ["-e", script], { cwd: project, encoding: "utf8" })).toBe(
    "function\n",
  );
});
