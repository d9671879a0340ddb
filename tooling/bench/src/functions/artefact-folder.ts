import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { AnyHandler } from "./time-per-call.ts";

const { resolve } = createRequire(import.meta.url);

/** Writes a function package's artefact with its configuration into a new folder; the caller removes it. */
export function writeArtefactFolder(packageName: string, compiled: object): string {
  const folder = mkdtempSync(join(tmpdir(), "bench-artefact-"));
  cpSync(dirname(resolve(`${packageName}/lambda`)), folder, { recursive: true });
  writeFileSync(join(folder, "config.json"), JSON.stringify(compiled));
  return folder;
}

/** Returns the handler of a function package's built artefact, loaded as Lambda loads it. */
export function artefactHandler(packageName: string, compiled: object): AnyHandler {
  const folder = writeArtefactFolder(packageName, compiled);
  try {
    return createRequire(join(folder, "/"))("./index.cjs").handler;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
