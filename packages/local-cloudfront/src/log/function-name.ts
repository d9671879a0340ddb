import type { EdgeFunction } from "../distribution/edge-functions.ts";

/** Returns what logs call a function: its package where the artefact tells it, else its Lambda name. */
export function functionName({ manifest, name }: EdgeFunction): string {
  return manifest?.packageName ?? name;
}
