import { expect, it } from "vitest";
import { workspaceOf } from "../../test/workspace-of.ts";
import { oneVersion } from "./one-version.ts";

it("allows the catalog, the same range, and any range of the workspace", () => {
  const workspace = workspaceOf({
    "packages/a/package.json": {
      name: "a",
      dependencies: { x: "catalog:", y: "^1.0.0", b: "workspace:^" },
    },
    "packages/b/package.json": { name: "b", devDependencies: { x: "catalog:", y: "^1.0.0" } },
    "packages/c/package.json": { name: "c", devDependencies: { b: "workspace:*" } },
  });
  expect(oneVersion(workspace)).toEqual([]);
});

it("refuses two versions of one dependency", () => {
  const workspace = workspaceOf({
    "packages/a/package.json": { name: "a", dependencies: { x: "^1.0.0" } },
    "packages/b/package.json": { name: "b", devDependencies: { x: "catalog:" } },
  });
  expect(oneVersion(workspace)).toMatchInlineSnapshot(`
    [
      "x has more than one version: got ^1.0.0 in packages/a, catalog: in packages/b. Put it into the catalog of pnpm-workspace.yaml and write "catalog:" in each package.json.",
    ]
  `);
});
