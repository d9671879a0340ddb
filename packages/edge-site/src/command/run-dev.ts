import { runCommandLine, type Serving } from "local-cloudfront/command-line";
import { startDev } from "../dev/start-dev.ts";
import { devAssemblyFolderOf } from "../synth/assembly-folders.ts";

/**
 * Runs `edge-site dev` until it is ended.
 *
 * @param args for local-cloudfront
 * @returns the exit status
 * @throws {EdgeSiteError} when the sources have a mistake from the start
 */
export async function runDev(configFile: string, args: readonly string[]): Promise<number> {
  const assemblyFolder = devAssemblyFolderOf(configFile);
  let serving: Serving | undefined;
  const dev = await startDev({
    configFile,
    assemblyFolder,
    onAssembly: async () => serving?.reload(),
    onSite: async (files) => serving?.refresh(files),
    coloured: process.stderr.isTTY && (process.env["NO_COLOR"] ?? "") === "",
    report: (message) => process.stderr.write(`\n${message}\n\n`),
  });
  // A closed terminal ends the process without its "exit", by which the site's watcher ends.
  process.once("SIGHUP", () => process.exit(129));
  try {
    return await runCommandLine([assemblyFolder, ...args], {
      name: "edge-site dev",
      onServing: (started) => {
        serving = started;
        // What has changed since it read the assembly.
        void started.reload();
      },
    });
  } finally {
    await dev.close();
  }
}
