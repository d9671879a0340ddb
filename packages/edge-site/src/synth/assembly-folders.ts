import { dirname, join } from "node:path";
import type { ResolvedEdgeConfig } from "../config/edge-config.ts";
import type { ResolvedStageConfig } from "../config/stage-config.ts";

/** Returns the absolute path of the cloud assembly of a configuration, beside its file. */
export function assemblyFolderOf(configFile: string): string {
  return join(dirname(configFile), "cdk.out");
}

/** Returns that of the assembly that `edge-site dev` keeps up to date: never that of a deploy. */
export function devAssemblyFolderOf(configFile: string): string {
  return join(dirname(configFile), ".dev", "cdk.out");
}

/**
 * Returns where a stage's cloud assembly is.
 *
 * @param assemblyFolder The first stage's, which is the one that is served locally.
 */
export function stageAssemblyFolder(
  assemblyFolder: string,
  { stages }: ResolvedEdgeConfig,
  { name }: ResolvedStageConfig,
): string {
  return name === stages[0]?.name ? assemblyFolder : join(assemblyFolder, "stages", name);
}
