import { runCommandLine, type Serving } from "local-cloudfront/command-line";
import { configFile, devAssemblyFolder } from "../lib/app-paths.ts";
import { startDev } from "../lib/dev/start-dev.ts";
import { runCommand } from "../lib/run-command.ts";

await runCommand(async () => {
  let serving: Serving | undefined;
  const dev = await startDev({
    configFile,
    assemblyFolder: devAssemblyFolder,
    onAssembly: async () => serving?.reload(),
    onSite: async (files) => serving?.refresh(files),
    coloured: process.stderr.isTTY && (process.env["NO_COLOR"] ?? "") === "",
    tell: (message) => process.stderr.write(`\n${message}\n\n`),
  });
  // A closed terminal ends the process without its "exit", by which the site's watcher ends.
  process.once("SIGHUP", () => process.exit(129));
  try {
    process.exitCode = await runCommandLine([devAssemblyFolder, ...process.argv.slice(2)], {
      name: "pnpm dev",
      onServing: (started) => {
        serving = started;
        // What has changed since it read the assembly.
        void started.reload();
      },
    });
  } finally {
    await dev.close();
  }
});
