import { dirname, join } from "node:path";
import { type Ended, type Program, runProgram } from "aws-test-double";
import { configFile } from "./notes/config-file.ts";

/** The command from its sources, in the folder of the tests' configuration. */
export const edgeSite: Program = {
  nodeArgs: ["--conditions=cf-edge-source", join(import.meta.dirname, "../src/cli.ts")],
  folder: dirname(configFile),
};

/**
 * Runs a command.
 *
 * @param home A folder for what the command and the CDK CLI remember.
 */
export function runEdgeSite(
  command: string,
  args: readonly string[],
  home: string,
  env: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  return runProgram(edgeSite, [command, ...args], home, env);
}
