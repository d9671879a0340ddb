import { runCommandLine } from "local-cloudfront/command-line";
import { assemblyFolderOf } from "../synth/assembly-folders.ts";
import { loadAndSynthesize } from "../synth/synthesize-site.ts";

/**
 * Runs `edge-site start` until it is ended.
 *
 * @param args for local-cloudfront
 * @returns the exit status
 * @throws {EdgeSiteError} as `loadEdgeConfig` and `synthesize`
 */
export async function runStart(configFile: string, args: readonly string[]): Promise<number> {
  if (!args.includes("--help"))
    await loadAndSynthesize(configFile, { isBrief: true, output: process.stderr });
  return runCommandLine([assemblyFolderOf(configFile), ...args], { name: "edge-site start" });
}
