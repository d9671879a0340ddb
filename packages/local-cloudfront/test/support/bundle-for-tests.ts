import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { join, resolve } from "node:path";
import type { TestProject } from "vitest/node";
import { bundlePackage } from "../../scripts/bundle-package.ts";

const packageFolder = resolve(import.meta.dirname, "../..");

declare module "vitest" {
  export interface ProvidedContext {
    /** The folder with the package as it is published, bundled from the sources as they are now. */
    readonly bundle: string;
  }
}

/**
 * Bundles the sources once for a run. Threads and commands start in a third of the time that they need
 * from the sources, which each of them compiles anew, and they are what users have.
 */
export async function setup({ provide }: TestProject): Promise<() => void> {
  // In the package, where the modules of Node.js find their dependencies and their type.
  const parent = join(packageFolder, ".vitest");
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(join(parent, "bundle-"));
  await bundlePackage(folder);
  symlinkSync(join(packageFolder, "dist/inspector-page"), join(folder, "inspector-page"));
  provide("bundle", folder);
  return () => rmSync(folder, { recursive: true });
}
