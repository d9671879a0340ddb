import { CommanderError, type Command } from "commander";
import { CodedError } from "option-checks";

/** A mistake in what a command was given. Its message is shown without a stack. */
export class CommandMistake extends Error {
  override readonly name = "CommandMistake";
}

/** How a command ends. */
export interface RunCommandOptions {
  /**
   * Which errors are mistakes that the user can correct, beside those with a code: their message is
   * shown without a stack.
   * @default []
   */
  readonly mistakes?: readonly (new (...args: never[]) => Error)[];
  /**
   * The exit status for a mistake.
   * @default 1
   */
  readonly mistakeStatus?: number;
}

/**
 * Runs a command, reports a mistake on stderr, and returns the exit status.
 *
 * @param args what follows the command's name
 * @throws whatever is no mistake of the user's
 */
export async function runCommand(
  command: Command,
  args: readonly string[],
  { mistakes = [], mistakeStatus = 1 }: RunCommandOptions = {},
): Promise<number> {
  try {
    await command.parseAsync(args, { from: "user" });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : mistakeStatus;
    const isMistake = [CodedError, CommandMistake, ...mistakes].some(
      (Mistake) => error instanceof Mistake,
    );
    if (!isMistake || !(error instanceof Error)) throw error;
    process.stderr.write(`${error.message}\n`);
    return mistakeStatus;
  }
}
