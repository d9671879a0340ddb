import { InfraError } from "./infra-error.ts";

/** Runs a command. A user's mistake is told in one message on stderr, with exit status 1. */
export async function runCommand(command: () => Promise<void>): Promise<void> {
  try {
    await command();
  } catch (error) {
    if (!(error instanceof InfraError)) throw error;
    process.stderr.write(`infra: ${error.message}\n`);
    process.exitCode = 1;
  }
}
