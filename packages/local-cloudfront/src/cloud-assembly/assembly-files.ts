import { statSync } from "node:fs";
import type { AssemblyFiles } from "./cloud-assembly.ts";
import { contentSha256 } from "./content-sha256.ts";
import { packageBytes } from "./package-bytes.ts";
import { readEdgeFunctionManifest } from "./read-edge-function-manifest.ts";

/** The machine's files, as the rooms that read none themselves see them. */
export const assemblyFiles: AssemblyFiles = {
  kindOf(path) {
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats === undefined) return "missing";
    return stats.isDirectory() ? "folder" : "file";
  },
  packageBytes,
  contentSha256,
  readEdgeFunctionManifest,
};
