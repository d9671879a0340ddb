import { expect, it } from "vitest";
import { workspaceOf } from "../../test/workspace-of.ts";
import { noPackageCycles } from "./no-package-cycles.ts";

it("allows two ways to one package", () => {
  const workspace = workspaceOf({
    "packages/a/package.json": { name: "a", dependencies: { b: "*", c: "*" } },
    "packages/b/package.json": { name: "b", dependencies: { c: "*" } },
    "packages/c/package.json": { name: "c", dependencies: { d: "*" } },
  });
  expect(noPackageCycles(workspace)).toEqual([]);
});

it("refuses a circle, development dependencies included", () => {
  const workspace = workspaceOf({
    "packages/a/package.json": { name: "a", dependencies: { b: "*" } },
    "packages/b/package.json": { name: "b", devDependencies: { c: "*" } },
    "packages/c/package.json": { name: "c", dependencies: { a: "*" } },
  });
  expect(noPackageCycles(workspace)).toMatchInlineSnapshot(`
    [
      "Packages depend on each other in a circle: got a → b → c → a. Move what both need into a package that needs neither.",
    ]
  `);
});
