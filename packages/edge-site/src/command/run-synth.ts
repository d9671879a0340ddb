import { loadEdgeConfig } from "../config/load-edge-config.ts";
import type { PrintRemarksOptions } from "../synth-checks/print-remarks.ts";
import { synthesizeSite } from "../synth/synthesize-site.ts";

/**
 * Runs `edge-site synth`.
 *
 * @throws {EdgeSiteError} as `loadEdgeConfig` and `synthesize`
 */
export async function runSynth(
  configFile: string,
  remarks: Omit<PrintRemarksOptions, "configFile">,
): Promise<void> {
  synthesizeSite(await loadEdgeConfig(configFile), configFile, remarks);
}
