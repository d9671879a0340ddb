import { cpSync, mkdtempSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const { resolve } = createRequire(import.meta.url);

/** Writes a function package's artefact with its configuration into a new folder within `root`. */
export function writeArtefactFolder(root: string, packageName: string, compiled: object): string {
  const folder = mkdtempSync(join(root, "artefact-"));
  cpSync(dirname(resolve(`${packageName}/lambda`)), folder, { recursive: true });
  writeFileSync(join(folder, "config.json"), JSON.stringify(compiled));
  return folder;
}
