import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { packInto } from "package-check";
import type { TestProject } from "vitest/node";
import packageJson from "../package.json" with { type: "json" };

const packages = resolve(import.meta.dirname, "../../../packages");

/** The packages that are published: all that this one has as a dependency, so that they are built. */
export const publishedPackages: readonly string[] = Object.keys(packageJson.devDependencies).filter(
  (name) => existsSync(join(packages, name, "package.json")),
);

declare module "vitest" {
  export interface ProvidedContext {
    /** Absolute path of each package's tarball, by the package's name. */
    readonly tarballs: Readonly<Record<string, string>>;
  }
}

/** Packs every published package once, for all test files. */
export function setup({ provide }: TestProject): () => void {
  const folder = mkdtempSync(join(tmpdir(), "tarballs-"));
  provide(
    "tarballs",
    Object.fromEntries(
      publishedPackages.map((name) => [name, join(folder, packInto(join(packages, name), folder))]),
    ),
  );
  return () => rmSync(folder, { recursive: true });
}
