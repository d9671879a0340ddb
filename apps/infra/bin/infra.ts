import { assemblyFolder, configFile } from "../lib/app-paths.ts";
import { loadEdgeConfig } from "../lib/config/load-edge-config.ts";
import { runCommand } from "../lib/run-command.ts";
import { printRemarks } from "../lib/synth-checks/print-remarks.ts";
import { synthesize } from "../lib/synth/synthesize.ts";

await runCommand(async () => {
  printRemarks(synthesize(await loadEdgeConfig(configFile), { configFile, assemblyFolder }));
});
