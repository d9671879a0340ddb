import { expect, it } from "vitest";
import { workspaceOf } from "../../test/workspace-of.ts";
import { packageDoors } from "./package-doors.ts";

const cfTypes = { "packages/cf-types/package.json": { name: "cf-types" } };

it("allows files of one's own, packages that package.json names, and Node's modules", () => {
  const workspace = workspaceOf({
    ...cfTypes,
    "packages/a/package.json": {
      name: "a",
      edgeFunction: { eventType: "viewer-request" },
      dependencies: { "cf-types": "workspace:^", leven: "^4.0.0" },
      devDependencies: { vitest: "catalog:" },
    },
    "packages/a/src/a.ts":
      'import type { X } from "cf-types";\nimport { closestMatch } from "leven";\nexport { b } from "./b.ts";\nimport "node:fs";\n',
    "packages/a/src/a.test.ts": 'import { it } from "vitest";\nimport "a";\n',
    "packages/a/test/artefact.test.ts": 'import packageJson from "../package.json";\n',
  });
  expect(packageDoors(workspace)).toEqual([]);
});

it("refuses a path into another package, and a package that is not named", () => {
  const workspace = workspaceOf({
    ...cfTypes,
    "packages/a/package.json": { name: "a", devDependencies: { vitest: "catalog:" } },
    "packages/a/src/a.ts":
      'import { x } from "../../cf-types/src/x.ts";\nimport "yaml/util";\nimport "vitest";\n',
  });
  expect(packageDoors(workspace)).toMatchInlineSnapshot(`
    [
      "packages/a/src/a.ts reaches into another package: got "../../cf-types/src/x.ts". Import that package by its name.",
      "packages/a/src/a.ts imports a package that its package.json does not name: got "yaml/util". Add it to dependencies.",
      "packages/a/src/a.ts imports a package that its package.json does not name: got "vitest". Add it to dependencies.",
    ]
  `);
});

it("allows a package that is bundled to import what it carries in its own files", () => {
  const workspace = workspaceOf({
    "packages/a/package.json": { name: "a", devDependencies: { "lru-cache": "^11.0.0" } },
    "packages/a/scripts/bundle.ts": "",
    "packages/a/src/a.ts": 'import "lru-cache";\nimport "yaml";\n',
  });
  expect(packageDoors(workspace)).toMatchInlineSnapshot(`
    [
      "packages/a/src/a.ts imports a package that its package.json does not name: got "yaml". Add it to dependencies.",
    ]
  `);
});

it("refuses what has no door: tooling at run time, and a function that needs another package", () => {
  const workspace = workspaceOf({
    ...cfTypes,
    "tooling/t/package.json": { name: "t" },
    "packages/edge-check/package.json": { name: "edge-check", dependencies: { t: "workspace:*" } },
    "packages/a/package.json": {
      name: "a",
      edgeFunction: { eventType: "viewer-request" },
      dependencies: { "edge-check": "workspace:^" },
    },
  });
  expect(packageDoors(workspace)).toMatchInlineSnapshot(`
    [
      "packages/edge-check/package.json depends on a package that it has no door to: got "t". What lies in packages may depend on packages: move the code, or make it a devDependency if only tests need it.",
      "packages/a/package.json depends on a package that it has no door to: got "edge-check". A function may depend on cf-rules, cf-types, cf-command-line, option-checks, cf-site-files, edge-handler, protected-paths: move the code, or make it a devDependency if only tests need it.",
    ]
  `);
});

it("allows a published package to import what its users bring", () => {
  const workspace = workspaceOf({
    "packages/a/package.json": { name: "a", peerDependencies: { "aws-cdk-lib": "^2.0.0" } },
    "packages/a/src/a.ts": 'import "aws-cdk-lib";\n',
  });
  expect(packageDoors(workspace)).toEqual([]);
});
