import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import type { ResolvedEdgeConfig } from "../config/edge-config.ts";
import { loadEdgeConfig } from "../config/load-edge-config.ts";
import type { ResolvedStageConfig } from "../config/stage-config.ts";
import { stageOf, type StageOptions } from "../config/stage-of.ts";
import { EdgeSiteError } from "../edge-site-error.ts";
import { assemblyFolderOf, stageAssemblyFolder } from "../synth/assembly-folders.ts";

/** What a user asks a command to act on. */
export interface TargetOptions extends StageOptions {
  /**
   * The folder of an assembly that was synthesized before.
   * @default - the site is synthesized
   */
  readonly assembly?: string | undefined;
}

/** The same, for a command that runs the CDK CLI. */
export interface CdkTargetOptions extends TargetOptions {
  /** Further arguments for the CDK CLI. */
  readonly cdkArgs: readonly string[];
}

/** What a command is about. */
export interface DeployTarget {
  readonly config: ResolvedEdgeConfig;
  readonly stage: ResolvedStageConfig;
  /** Absolute path; there is a manifest in it. */
  readonly assemblyFolder: string;
}

/**
 * Finds the stage and its assembly, which it synthesizes where none is named.
 *
 * @throws {EdgeSiteError} `INVALID_CONFIG`, `UNKNOWN_STAGE`, `NOT_SYNTHESIZED` when the named folder has no
 *   assembly, or as `synthesize`.
 */
export async function deployTarget({
  configFile,
  stage: name,
  assembly,
}: TargetOptions): Promise<DeployTarget> {
  const config = await loadEdgeConfig(configFile);
  const stage = stageOf(config, name);
  if (assembly === undefined) {
    // With it comes the CDK, half of the time that a command takes to load.
    const { synthesizeSite } = await import("../synth/synthesize-site.ts");
    synthesizeSite(config, configFile, { isBrief: true });
    const folder = stageAssemblyFolder(assemblyFolderOf(configFile), config, stage);
    return { config, stage, assemblyFolder: folder };
  }
  return { config, stage, assemblyFolder: namedAssembly(assembly) };
}

/**
 * Returns the absolute path of an assembly that was synthesized before.
 *
 * @throws {EdgeSiteError} `NOT_SYNTHESIZED` when there is none.
 */
export function namedAssembly(assembly: string): string {
  const assemblyFolder = resolve(assembly);
  if (!existsSync(join(assemblyFolder, "manifest.json"))) {
    throw new EdgeSiteError(
      "NOT_SYNTHESIZED",
      `There is no cloud assembly in ${assemblyFolder}. Leave --assembly out to synthesize one, or name a folder that "edge-site synth" has written.`,
    );
  }
  return assemblyFolder;
}
