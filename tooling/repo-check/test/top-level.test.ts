import { globSync, readdirSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { expect, it } from "vitest";

const root = new URL("../../../", import.meta.url);

/** What the project's owner fixed, and what tools need beside it. */
const fixed = [
  ".changeset",
  "README.md",
  "apps",
  "package.json",
  "packages",
  "pnpm-workspace.yaml",
  "tooling",
  "tsconfig.base.json",
  "turbo.json",
];
const neededByTools = ["LICENSE", "pnpm-lock.yaml"];
/** The owner named `docs/ARCHITECTURE.md` as the law of the house. */
const law = "docs";

it("the top level holds what the owner fixed, the documents of the house, the lockfile, the licence and dotfiles", () => {
  const entries = readdirSync(root).filter((name) => name !== "node_modules");
  const visible = entries.filter((name) => !name.startsWith(".") || name === ".changeset");
  expect(visible.toSorted()).toEqual([...fixed, ...neededByTools, law].toSorted());
});

it("the licence is MIT, in the root and in each published package", () => {
  const licence = readFileSync(new URL("LICENSE", root), "utf8");
  expect(licence).toMatch(/^MIT License\n/);
  // A branch that was left may leave what is built of its packages.
  const packages = globSync("packages/*/package.json", { cwd: root }).map(dirname);
  expect(packages).toContain("packages/spa-rewrite");
  for (const folder of packages) {
    const copy = readFileSync(new URL(`${folder}/LICENSE`, root), "utf8");
    expect({ folder, copy }).toEqual({ folder, copy: licence });
  }
});
