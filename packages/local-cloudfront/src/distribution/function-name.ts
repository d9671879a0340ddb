import type { EdgeFunction } from "./edge-functions.ts";

/** Returns what a function is called: its package where the artefact has a manifest, else its Lambda name. */
export function functionName({ manifest, name }: EdgeFunction): string {
  return manifest?.packageName ?? name;
}

/** Returns a function's version: its package's where the artefact has a manifest, else Lambda's number. */
export function functionVersion({ manifest, version }: EdgeFunction): string {
  return manifest?.version ?? version;
}
