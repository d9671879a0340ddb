import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { strToU8, zipSync } from "fflate";
import { onTestFinished } from "vitest";

/** The files of a function's package by path. */
export type PackageFiles = Readonly<Record<string, string | Uint8Array>>;

/** Returns a folder that holds a function's package, as an asset of the CDK does; it goes with the test. */
export function packageFolder(files: PackageFiles): string {
  const folder = mkdtempSync(join(tmpdir(), "function-package-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) {
    const file = join(folder, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
  return folder;
}

/** Returns a zip file that holds a function's package; it goes with the test. */
export function packageZip(files: PackageFiles): string {
  const entries = Object.entries(files).map(([name, content]) => [
    name,
    typeof content === "string" ? strToU8(content) : content,
  ]);
  const folder = packageFolder({ "package.zip": zipSync(Object.fromEntries(entries)) });
  return join(folder, "package.zip");
}
