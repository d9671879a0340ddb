import { dirname, join } from "node:path";
import { runCommand } from "cf-command-line";
import {
  type Ended,
  hereRunner,
  type Program,
  programRunner,
  type RunCommand,
} from "aws-test-double";
import { edgeSiteCommand } from "../src/command/edge-site-command.ts";
import { configFile } from "./notes/config-file.ts";

/** The command from its sources, in the folder of the tests' configuration. */
export const edgeSite: Program = {
  nodeArgs: ["--conditions=cf-edge-source", join(import.meta.dirname, "../src/cli.ts")],
  folder: dirname(configFile),
};

/** Returns what runs commands in this process, in a tenth of the time. */
export function edgeSiteHere(folder = edgeSite.folder): RunCommand {
  return hereRunner({ command: (args) => runCommand(edgeSiteCommand(), args), folder });
}

/**
 * Runs a command in the folder of the tests' configuration.
 *
 * @param home A folder for what the command and the CDK CLI remember.
 */
type RunEdgeSite = (
  command: string,
  args: readonly string[],
  home: string,
  env?: Readonly<Record<string, string>>,
) => Promise<Ended>;

/** Runs a command as a process of its own. */
export const runEdgeSite: RunEdgeSite = (command, args, home, env) =>
  programRunner(edgeSite)([command, ...args], home, env);

/** Runs a command in this process. */
export const runEdgeSiteHere: RunEdgeSite = (command, args, home, env) =>
  edgeSiteHere()([command, ...args], home, env);
