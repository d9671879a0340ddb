import { assemblyFolder, configFile } from "../lib/app-paths.ts";
import { loadEdgeConfig } from "../lib/config/load-edge-config.ts";
import { runCommand } from "../lib/run-command.ts";
import { printRemarks } from "../lib/synth-checks/print-remarks.ts";
import { synthesize } from "../lib/synth/synthesize.ts";

/** Before a command that has more to say: each remark is a line. */
const isBrief = process.argv.includes("--brief");

await runCommand(async () => {
  const assembly = synthesize(await loadEdgeConfig(configFile), { configFile, assemblyFolder });
  printRemarks(assembly, { isBrief });
});
