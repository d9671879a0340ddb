import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runProgram } from "aws-test-double";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const modules = join(import.meta.dirname, "../node_modules");
const command = join(import.meta.dirname, "../bin/edge-site.js");
// Older versions of Node.js read no TypeScript.
const withoutTypeScript = "--no-experimental-strip-types";

/** A project of its own with a site and plain options, and the packages where npm would have put them. */
const folder = realpathSync(mkdtempSync(join(tmpdir(), "built-command-")));
const write = (file: string, text: string): void => writeFileSync(join(folder, file), text);
const run = (...args: readonly string[]) =>
  runProgram({ nodeArgs: [withoutTypeScript, command], folder }, args, folder);

beforeAll(() => {
  mkdirSync(join(folder, "node_modules"));
  mkdirSync(join(folder, "dist"));
  for (const name of ["spa-rewrite", "security-headers"]) {
    symlinkSync(realpathSync(join(modules, name)), join(folder, "node_modules", name));
  }
  symlinkSync(join(import.meta.dirname, ".."), join(folder, "node_modules/edge-site"));
  write("package.json", "{}");
  write("dist/index.html", "<!doctype html><title>app</title>");
  write("mode.ts", 'export const mode: "fallback" | "routes" = "fallback";\n');
});

afterAll(() => rmSync(folder, { recursive: true }));

const config = (options: string) => `import { defineEdgeConfig } from "edge-site";
import { mode } from "./mode.ts";

export const edgeConfig = defineEdgeConfig({
  stackName: "app",
  siteFolder: "dist",
  functions: [
    { package: "spa-rewrite", config: { mode } },
    { package: "security-headers", config: ${options} },
  ],
});
`;

describe("the built command, where Node.js reads no TypeScript", () => {
  it("synthesizes an edge.config.ts with plain options, and leaves nothing beside it", async () => {
    write("edge.config.ts", config('{ preset: "spa" }'));
    const { exitStatus, stderr } = await run("synth", "--brief");
    expect({ exitStatus, stderr }).toEqual({ exitStatus: 0, stderr: "" });
    expect(readdirSync(folder).toSorted()).toEqual([
      "cdk.out",
      "dist",
      "edge.config.ts",
      "mode.ts",
      "node_modules",
      "package.json",
    ]);
  });

  it("names the line at which a setting is refused", async () => {
    write("edge.config.ts", config("5"));
    const { exitStatus, stderr } = await run("synth");
    expect(exitStatus).toBe(1);
    expect(stderr).toMatch(
      /^edge\.config\.ts:9: functions\[1\]\.config is not plain JSON: got 5\. /,
    );
  });

  it("shows a syntax error with its line", async () => {
    write("edge.config.ts", config("{"));
    const { exitStatus, stderr } = await run("synth");
    expect(exitStatus).toBe(1);
    expect(stderr).toMatch(/edge\.config\.ts:10:/);
  });
});
