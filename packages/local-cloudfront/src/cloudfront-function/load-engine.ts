import type { CloudFrontFunctionEngine } from "./create-engine.ts";

let engine: Promise<CloudFrontFunctionEngine> | undefined;

/**
 * Returns the engine that runs CloudFront Functions. It is loaded when it is first asked for: a distribution
 * without such a function does without it.
 */
export function loadCloudFrontFunctionEngine(): Promise<CloudFrontFunctionEngine> {
  engine ??= import("./create-engine.ts").then(({ createEngine }) => createEngine());
  return engine;
}
