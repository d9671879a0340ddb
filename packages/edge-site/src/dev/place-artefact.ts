import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { EdgeFunctionManifest } from "cf-types";
import { membersFolder } from "../artefact/composed-lambda.ts";

/**
 * Puts the artefact of a function package into each of its assets in a cloud assembly, beside the
 * configuration that is there: the assembly is then what a synth with the same options would make,
 * but for the assets' names.
 *
 * @param artefactFolder the package's `dist/lambda`
 * @returns whether any file has changed
 */
export function placeArtefact(assemblyFolder: string, artefactFolder: string): boolean {
  const manifest = readManifest(artefactFolder);
  if (manifest === undefined) return false;
  const folders = readdirSync(assemblyFolder)
    .filter((name) => name.startsWith("asset."))
    .map((name) => join(assemblyFolder, name))
    .flatMap((asset) => [asset, ...membersOf(asset)])
    .filter((folder) => readManifest(folder)?.packageName === manifest.packageName);
  return folders
    .flatMap((folder) =>
      [manifest.bundle.file, "manifest.json"].map((file) =>
        replaceFile(join(artefactFolder, file), join(folder, file)),
      ),
    )
    .includes(true);
}

/** The folders of the packages of which a composed function consists. */
function membersOf(asset: string): readonly string[] {
  const folder = join(asset, membersFolder);
  return existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [];
}

function readManifest(folder: string): EdgeFunctionManifest | undefined {
  try {
    return JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8"));
  } catch {
    return undefined;
  }
}

function replaceFile(from: string, to: string): boolean {
  const content = readFileSync(from);
  if (content.equals(readFileSync(to))) return false;
  writeFileSync(to, content);
  return true;
}
