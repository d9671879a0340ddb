import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { assemblyFolder, configFile } from "../app-paths.ts";
import type { ResolvedEdgeConfig } from "../config/edge-config.ts";
import { loadEdgeConfig } from "../config/load-edge-config.ts";
import type { ResolvedStageConfig } from "../config/stage-config.ts";
import { stageOf } from "../config/stage-of.ts";
import { InfraError } from "../infra-error.ts";
import { stageAssemblyFolder } from "../synth/stage-assembly-folder.ts";
import type { CommandArgs } from "./parse-command-args.ts";

/** What a command is about. */
export interface DeployTarget {
  readonly config: ResolvedEdgeConfig;
  readonly stage: ResolvedStageConfig;
  /** Absolute path; there is a manifest in it. */
  readonly assemblyFolder: string;
}

/**
 * Finds the stage and its assembly.
 *
 * @throws {InfraError} `INVALID_CONFIG`, `UNKNOWN_STAGE`, or `NOT_SYNTHESIZED` when there is no assembly.
 */
export async function deployTarget({
  stage: name,
  assembly,
}: Omit<CommandArgs, "cdkArgs">): Promise<DeployTarget> {
  const config = await loadEdgeConfig(configFile);
  const stage = stageOf(config, name);
  const folder =
    assembly === undefined ? stageAssemblyFolder(assemblyFolder, config, stage) : resolve(assembly);
  if (!existsSync(join(folder, "manifest.json"))) {
    throw new InfraError(
      "NOT_SYNTHESIZED",
      `There is no cloud assembly in ${folder}. Run: pnpm turbo run synth`,
    );
  }
  return { config, stage, assemblyFolder: folder };
}
