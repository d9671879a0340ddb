import type { ResolvedEdgeConfig } from "../config/edge-config.ts";
import { loadEdgeConfig } from "../config/load-edge-config.ts";
import { printRemarks, type PrintRemarksOptions } from "../synth-checks/print-remarks.ts";
import { assemblyFolderOf } from "./assembly-folders.ts";
import { synthesize } from "./synthesize.ts";

/**
 * Writes the assemblies of a configuration beside its file, and prints what there is to know about them.
 *
 * @throws {EdgeSiteError} as `synthesize`
 */
export function synthesizeSite(
  config: ResolvedEdgeConfig,
  configFile: string,
  remarks: Omit<PrintRemarksOptions, "configFile"> = {},
): void {
  const assemblyFolder = assemblyFolderOf(configFile);
  printRemarks(synthesize(config, { configFile, assemblyFolder }), { ...remarks, configFile });
}

/**
 * Loads a configuration, and does the same.
 *
 * @throws {EdgeSiteError} as `loadEdgeConfig` and `synthesize`
 */
export async function loadAndSynthesize(
  configFile: string,
  remarks: Omit<PrintRemarksOptions, "configFile">,
): Promise<void> {
  synthesizeSite(await loadEdgeConfig(configFile), configFile, remarks);
}
