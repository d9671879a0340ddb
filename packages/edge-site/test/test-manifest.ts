import type { EdgeFunctionManifest } from "cf-types";

/** Returns the manifest of a package that runs at viewer request, with what a test changes of it. */
export function testManifest(changes: Partial<EdgeFunctionManifest>): EdgeFunctionManifest {
  return {
    manifestVersion: 1,
    packageName: "a-function",
    version: "1.0.0",
    eventType: "viewer-request",
    handler: "index.handler",
    runtime: "nodejs24.x",
    memoryMb: 128,
    timeoutSeconds: 5,
    includeBody: false,
    bundle: { file: "index.cjs", bytes: 0, sha256: "" },
    ...changes,
  };
}
