import { readFileSync } from "node:fs";
import { CommandMistake } from "./run-command.ts";

/**
 * Reads a file that an option names.
 *
 * @param option as it is written, for the message: `--options`
 * @throws {CommandMistake} when it cannot be read
 */
export function readTextOption(option: string, file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    throw new CommandMistake(
      `${option} cannot be read: got ${JSON.stringify(file)}. Give the path of a file, relative to where the command runs.`,
      { cause },
    );
  }
}

/**
 * Reads a file of JSON that an option names, which holds an object.
 *
 * @throws {CommandMistake} when it cannot be read, or does not hold an object
 */
export function readJsonOption<Value extends object>(option: string, file: string): Value {
  const text = readTextOption(option, file);
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Value;
  } catch {
    // Told below.
  }
  throw new CommandMistake(
    `${option} is not JSON with an object: got ${JSON.stringify(file)}. Write {"name": value, …} into it.`,
  );
}
