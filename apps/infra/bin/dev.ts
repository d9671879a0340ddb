import { runCommandLine } from "local-cloudfront/command-line";
import { configFile, devAssemblyFolder } from "../lib/app-paths.ts";
import { startDev } from "../lib/dev/start-dev.ts";
import { runCommand } from "../lib/run-command.ts";

await runCommand(async () => {
  const dev = await startDev({
    configFile,
    assemblyFolder: devAssemblyFolder,
    coloured: process.stderr.isTTY && (process.env["NO_COLOR"] ?? "") === "",
    tell: (message) => process.stderr.write(`\n${message}\n\n`),
  });
  const args = [devAssemblyFolder, "--watch", ...process.argv.slice(2)];
  process.exitCode = await runCommandLine(args, { name: "pnpm dev" });
  await dev.close();
});
