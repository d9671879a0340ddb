import { join } from "node:path";
import type { ResolvedEdgeConfig } from "../config/edge-config.ts";
import type { ResolvedStageConfig } from "../config/stage-config.ts";

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
