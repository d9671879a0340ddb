import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { CloudFormationStackArtifact } from "aws-cdk-lib/cx-api";
import { edgeConfig } from "../edge.config.ts";
import { appFolder, configFile } from "../lib/app-paths.ts";
import type { ResolvedEdgeConfig } from "../lib/config/edge-config.ts";
import { synthesize } from "../lib/synthesize.ts";

/** A cloud assembly in a folder of its own, which goes when the assembly is disposed of. */
export interface Synthesized extends Disposable {
  readonly assemblyFolder: string;
  readonly stack: CloudFormationStackArtifact;
}

/** Synthesizes the app's own configuration, with changes, from the packages as they are built. */
export function synthesized(changes: Partial<ResolvedEdgeConfig> = {}): Synthesized {
  // As deep as cdk.out itself, so that relative paths are the same.
  const parent = mkdtempSync(join(appFolder, "node_modules/.synthesized-"));
  const assemblyFolder = join(parent, "cdk.out");
  const config = { ...edgeConfig, ...changes };
  const assembly = synthesize(config, { configFile, assemblyFolder });
  return {
    assemblyFolder,
    stack: assembly.getStackByName(config.stackName),
    [Symbol.dispose]: () => rmSync(parent, { recursive: true }),
  };
}
