import { assemblyFolder, configFile } from "../lib/app-paths.ts";
import { loadEdgeConfig } from "../lib/config/load-edge-config.ts";
import { runCommand } from "../lib/run-command.ts";
import { printWarnings } from "../lib/synth-checks/print-warnings.ts";
import { synthesize } from "../lib/synthesize.ts";

await runCommand(async () => {
  printWarnings(synthesize(await loadEdgeConfig(configFile), { configFile, assemblyFolder }));
});
