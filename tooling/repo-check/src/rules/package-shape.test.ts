import { expect, it } from "vitest";
import { workspaceOf } from "../../test/workspace-of.ts";
import { packageShape } from "./package-shape.ts";

const scripts = { build: "", lint: "", typecheck: "", test: "", "test:watch": "", check: "" };
const shaped = {
  "packages/a/package.json": {
    name: "a",
    version: "0.0.0",
    description: "Answers.",
    license: "MIT",
    type: "module",
    files: ["CHANGELOG.md", "dist"],
    exports: { ".": {}, "./package.json": "" },
    scripts,
  },
  "packages/a/LICENSE": "",
  "packages/a/README.md": "",
  "packages/a/api.md": "",
  "packages/a/src/index.ts":
    'export { type A, a } from "./a.ts";\nexport type { B } from "./b.ts";\n',
  "packages/a/tsconfig.build.json": "",
  "packages/a/tsconfig.json": "",
  "packages/a/vitest.config.ts": "",
  "tooling/t/package.json": { name: "t", version: "0.0.0", private: true, scripts },
};

it("allows a package that is like the others, and none that has been released without a changelog", () => {
  expect(packageShape(workspaceOf(shaped))).toEqual([]);
  const released = { ...shaped["packages/a/package.json"], version: "0.1.0" };
  expect(packageShape(workspaceOf({ ...shaped, "packages/a/package.json": released }))).toEqual([
    'packages/a lacks a file that every published package has: got no "CHANGELOG.md". Make it like that of packages/spa-rewrite; "pnpm report" writes api.md.',
  ]);
});

it("refuses what is missing, and an index that does more than list", () => {
  const workspace = workspaceOf({
    ...shaped,
    "packages/a/src/index.ts": 'export * from "./a.ts";\n',
    "packages/a/package.json": { ...shaped["packages/a/package.json"], license: "ISC" },
    "tooling/t/package.json": { name: "t", scripts },
  });
  expect(packageShape(workspace)).toMatchInlineSnapshot(`
    [
      "packages/a/package.json is not like the others. Change it so that license is "MIT".",
      "packages/a/src/index.ts is more than a list: got "export * from \\"./a.ts\\";". Write only lines of the form: export { a } from "./a.ts";",
      "tooling/t/package.json is not like the others. Change it so that private is true.",
      "tooling/t/package.json is not like the others. Change it so that version is "0.0.0".",
    ]
  `);
});

it("refuses an entry point that the workspace would see as it was built last", () => {
  const exports = { ".": { types: "./dist/index.d.ts", default: "./dist/index.js" } };
  const built = {
    ...shaped["packages/a/package.json"],
    exports: { ...exports, "./package.json": "" },
  };
  expect(packageShape(workspaceOf({ ...shaped, "packages/a/package.json": built }))).toEqual([
    'packages/a/package.json is not like the others. Change it so that exports has "cf-edge-source" first wherever it has "types".',
  ]);
});
