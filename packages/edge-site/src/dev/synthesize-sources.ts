import { mkdirSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { loadEdgeConfig } from "../config/load-edge-config.ts";
import { synthesize } from "../synth/synthesize.ts";
import { printRemarks } from "../synth-checks/print-remarks.ts";

/** What a synthesized configuration is made of, for those who watch it. */
export interface SynthesizedSources {
  /** The names of the function packages. */
  readonly packages: readonly string[];
  /** Absolute path of the built site. */
  readonly siteFolder: string;
  /** Absolute paths of this workspace's own modules that were loaded. */
  readonly modules: readonly string[];
}

/**
 * Synthesizes the configuration's first stage as it is now.
 *
 * @throws {EdgeSiteError} as `loadEdgeConfig` and `synthesize`
 */
export async function synthesizeSources(
  configFile: string,
  assemblyFolder: string,
): Promise<Omit<SynthesizedSources, "modules">> {
  const config = await loadEdgeConfig(configFile);
  mkdirSync(dirname(assemblyFolder), { recursive: true });
  const stages = config.stages.slice(0, 1);
  const assembly = synthesize({ ...config, stages }, { configFile, assemblyFolder });
  printRemarks(assembly, { info: false, configFile });
  return {
    packages: config.functions.map(({ package: name }) => name),
    siteFolder: resolve(dirname(configFile), config.siteFolder),
  };
}
