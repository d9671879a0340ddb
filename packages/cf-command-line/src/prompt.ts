import type { Readable, Writable } from "node:stream";

/** Where a command's questions appear, and what is typed comes from. */
export interface Terminal {
  readonly input: Readable;
  readonly output: Writable;
}

/**
 * Returns what a check says of a value that was typed, for a prompt to show; undefined where it refuses nothing.
 *
 * @param check Throws what is wrong.
 */
export function refusalOf(check: () => unknown): string | undefined {
  try {
    check();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
