import { readFileSync } from "node:fs";
import { setDefaultCACertificates } from "node:tls";
import { runHere } from "vitest-config/run-here";
// As `NODE_OPTIONS` of the environment has a process do.
import "./resolve-account-endpoints.ts";
import { isolatedEnv, type RunCommand } from "./run-program.ts";

/** Where a command is run. */
export interface RunHereOptions {
  /**
   * Runs it.
   *
   * @returns The exit status; `process.exitCode` is one too.
   */
  readonly command: (args: readonly string[]) => Promise<number>;
  /** Absolute path of the working directory, as `runHere` takes it. */
  readonly folder: string;
}

/**
 * Returns what runs a command in this process, as `programRunner` does in one of its own, and spends no time on loading
 * what is loaded already.
 */
export function hereRunner({ command, folder }: RunHereOptions): RunCommand {
  return async (args, home, env = {}) => {
    const { env: before } = process;
    const { TMPDIR } = before;
    const { NODE_EXTRA_CA_CERTS: certificates } = env;
    process.env = { ...(TMPDIR !== undefined && { TMPDIR }), ...isolatedEnv(home), ...env };
    // Node.js reads the variable when it starts.
    if (certificates !== undefined) setDefaultCACertificates([readFileSync(certificates, "utf8")]);
    try {
      const { status: exitStatus, ...output } = await runHere(folder, () => command(args));
      return { exitStatus, ...output };
    } finally {
      process.env = before;
    }
  };
}
