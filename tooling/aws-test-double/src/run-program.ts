import { type ChildProcess, execFile } from "node:child_process";
import { join } from "node:path";

/** How a command ended, and what it said. */
export interface Ended {
  readonly exitStatus: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The access key of the credentials that commands run with. */
export const testAccessKeyId = "AKIATESTDOUBLE";

/** A program of Node.js. */
export interface Program {
  /** What starts it, as in `["bin/edge-site.js"]`. */
  readonly nodeArgs: readonly string[];
  /** Absolute path of the folder in which it runs. */
  readonly folder: string;
}

/**
 * Runs a command, with nothing of this machine's AWS configuration.
 *
 * @param home A folder for what the command and the CDK CLI remember.
 */
export type RunCommand = (
  args: readonly string[],
  home: string,
  env?: Readonly<Record<string, string>>,
) => Promise<Ended>;

/** Returns what runs a program as a process of its own. */
export function programRunner(program: Program): RunCommand {
  return (args, home, env) => runProgram(program, args, home, env);
}

/**
 * Runs a program as a process of its own, with nothing of this machine's AWS configuration.
 *
 * @param home A folder for what the program and the CDK CLI remember.
 */
export function runProgram(
  program: Program,
  args: readonly string[],
  home: string,
  env: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  return new Promise((settle) => {
    const child = startProgram(program, args, home, env, (stdout, stderr) =>
      settle({ exitStatus: child.exitCode ?? -1, stdout, stderr }),
    );
  });
}

/** Starts a program likewise, and leaves it running. */
export function startProgram(
  { nodeArgs, folder }: Program,
  args: readonly string[],
  home: string,
  env: Readonly<Record<string, string>>,
  ended: (stdout: string, stderr: string) => void = () => undefined,
): ChildProcess {
  return execFile(
    process.execPath,
    [...nodeArgs, ...args],
    { cwd: folder, env: { ...isolatedEnv(home), ...env } },
    (_error, stdout, stderr) => ended(stdout, stderr),
  );
}

/** The environment of a command, without what this machine has for AWS. */
export function isolatedEnv(home: string): Readonly<Record<string, string | undefined>> {
  return {
    PATH: process.env["PATH"],
    NODE_COMPILE_CACHE: process.env["NODE_COMPILE_CACHE"],
    HOME: home,
    CDK_HOME: home,
    AWS_EC2_METADATA_DISABLED: "true",
  };
}

/** The environment in which commands ask the test double. */
export function testDoubleEnv(url: string): Readonly<Record<string, string>> {
  const { port } = new URL(url);
  return {
    AWS_ENDPOINT_URL: url,
    AWS_ENDPOINT_URL_CLOUDFRONT_KEYVALUESTORE: `http://localhost:${port}`,
    NODE_OPTIONS: `--import=${join(import.meta.dirname, "resolve-account-endpoints.ts")}`,
    AWS_ACCESS_KEY_ID: testAccessKeyId,
    AWS_SECRET_ACCESS_KEY: "test",
  };
}
