import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Package, createPackageFromTarballData } from "@arethetypeswrong/core";
import { type PackageJson, readPackageJson } from "./package-json.ts";

/** A package as the registry would get it. */
export interface PackedPackage {
  /** Absolute path of the folder that was packed. */
  readonly folder: string;
  /** What lies in that folder. */
  readonly source: PackageJson;
  /** What lies in the tarball: workspace and catalog ranges are resolved. */
  readonly published: PackageJson;
  readonly tarball: Uint8Array<ArrayBuffer>;
  readonly contents: Package;
  /** Paths within the package, sorted. */
  readonly files: readonly string[];
}

/**
 * Packs a package with pnpm, as a release does.
 *
 * @param folder Absolute path of a package that has been built.
 */
export function packPackage(folder: string): PackedPackage {
  const destination = mkdtempSync(join(tmpdir(), "packed-"));
  try {
    packInto(folder, destination);
    const [name = ""] = readdirSync(destination);
    return readTarball(folder, new Uint8Array(readFileSync(join(destination, name))));
  } finally {
    rmSync(destination, { recursive: true });
  }
}

/** Packs a package into a folder and returns the name of the tarball. */
export function packInto(folder: string, destination: string): string {
  const before = new Set(readdirSync(destination));
  execFileSync("pnpm", ["pack", "--pack-destination", destination], { cwd: folder, stdio: "pipe" });
  const made = readdirSync(destination).find((name) => !before.has(name));
  if (made === undefined) throw new Error(`pnpm pack made no tarball of ${folder}.`);
  return made;
}

function readTarball(folder: string, tarball: Uint8Array<ArrayBuffer>): PackedPackage {
  const contents = createPackageFromTarballData(tarball);
  const root = `/node_modules/${contents.packageName}/`;
  return {
    folder,
    source: readPackageJson(folder),
    published: JSON.parse(contents.readFile(`${root}package.json`)),
    tarball,
    contents,
    files: contents
      .listFiles()
      .map((path) => path.slice(root.length))
      .sort(),
  };
}

/** Returns the text of a file in the tarball. */
export function readPacked({ contents }: PackedPackage, path: string): string {
  return contents.readFile(`/node_modules/${contents.packageName}/${path}`);
}
