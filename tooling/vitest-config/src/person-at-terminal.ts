import { PassThrough } from "node:stream";
import { stripVTControlCharacters } from "node:util";
import { expect } from "vitest";

/** What keys send. */
export const keys = { enter: "\r", down: "\u001B[B", controlC: "\u0003", backspace: "\u007F" };

/** A person at a terminal, who reads a question before pressing keys. */
export function personAtTerminal() {
  const input = new PassThrough();
  const output = new PassThrough();
  let seen = "";
  output.on("data", (chunk: Buffer) => (seen += stripVTControlCharacters(chunk.toString())));
  return {
    terminal: { input, output },
    seen: () => seen,
    async answers(question: string, ...pressed: readonly string[]): Promise<void> {
      await expect.poll(() => seen).toContain(question);
      for (const key of pressed) input.write(key);
    },
  };
}
