import type { ResolvedEdgeConfig } from "../config/edge-config.ts";
import { printRemarks, type PrintRemarksOptions } from "../synth-checks/print-remarks.ts";
import { assemblyFolderOf } from "./assembly-folder-of.ts";
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
