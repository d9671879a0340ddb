import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { Package } from "@arethetypeswrong/core";
import { onTestFinished } from "vitest";
import type { PackageJson } from "../src/package-json.ts";
import type { PackedPackage } from "../src/packed-package.ts";

export const packageJson: PackageJson = {
  name: "a",
  version: "1.0.0",
  files: ["CHANGELOG.md", "dist"],
  exports: { ".": { types: "./dist/index.d.ts", default: "./dist/index.js" } },
};

/** Writes files into a new folder, which goes when the test is over, and returns its path. */
export function folderOf(files: Readonly<Record<string, string>>): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "package-check-")));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

/** Returns a package as if it had been packed: what its folder holds, and what its tarball holds. */
export function packedPackageOf(
  source: Readonly<Record<string, string>>,
  tarball: Readonly<Record<string, string>>,
  published: PackageJson = packageJson,
): PackedPackage {
  const folder = folderOf({ "package.json": JSON.stringify(packageJson), ...source });
  const files = { "package.json": JSON.stringify(published), ...tarball };
  const paths = Object.entries(files).map(([path, text]) => [`/node_modules/a/${path}`, text]);
  return {
    folder,
    source: packageJson,
    published,
    tarball: new Uint8Array(),
    contents: new Package(Object.fromEntries(paths), "a", "1.0.0"),
    files: Object.keys(files).sort(),
  };
}
