import { dirname, join } from "node:path";
import { runCommand } from "cf-command-line";
import { type Ended, type Program, runProgram } from "aws-test-double";
import { edgeSiteCommand } from "../src/command/edge-site-command.ts";
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

/** Runs a command in this process, where nothing is its own but the environment: in a tenth of the time. */
export async function runEdgeSiteHere(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<Ended> {
  const { stdout, stderr, env: before } = process;
  const written = { stdout: "", stderr: "" };
  const [writeOut, writeErr] = [stdout.write, stderr.write];
  stdout.write = (text: string | Uint8Array) => (written.stdout += String(text)) !== "";
  stderr.write = (text: string | Uint8Array) => (written.stderr += String(text)) !== "";
  process.env = { ...before, ...env };
  try {
    const all = [command, "--config", configFile, ...args];
    const exitStatus = await runCommand(edgeSiteCommand(), all);
    return { exitStatus, ...written };
  } finally {
    process.env = before;
    [stdout.write, stderr.write] = [writeOut, writeErr];
  }
}
