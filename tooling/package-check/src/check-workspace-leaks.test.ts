import { expect, it } from "vitest";
import { folderOf, packageJson, packedPackageOf } from "../test/packed-package-of.ts";
import { checkWorkspaceLeaks } from "./check-workspace-leaks.ts";

it("allows what is true everywhere", () => {
  const packed = packedPackageOf({}, { LICENSE: "MIT", "dist/index.js": "" });
  expect(checkWorkspaceLeaks(packed, folderOf({ LICENSE: "MIT" }))).toEqual([]);
});

it("refuses ranges and paths of this workspace, and another licence", () => {
  const workspace = folderOf({ LICENSE: "MIT" });
  const published = { ...packageJson, dependencies: { b: "workspace:^", c: "catalog:" } };
  const tarball = { LICENSE: "ISC", "dist/index.js": `// ${workspace}/packages/a` };
  const findings = checkWorkspaceLeaks(packedPackageOf({}, tarball, published), workspace);
  expect(findings.map((each) => each.replaceAll(workspace, "/w"))).toMatchInlineSnapshot(`
    [
      "The published package.json of a names a range of this workspace: got "workspace:^". Pack it with pnpm, which writes the version.",
      "The published package.json of a names a range of this workspace: got "catalog:". Pack it with pnpm, which writes the version.",
      "The tarball of a names a folder of this machine: got "/w" in dist/index.js. Write paths relative to the package.",
      "The LICENSE in the tarball of a is not the one of the repository. Copy it from there.",
    ]
  `);
});
