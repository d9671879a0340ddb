import { PassThrough } from "node:stream";
import { describe, expect, it } from "vitest";
import { canTakeKeys, takeKeys, type KeyTerminal } from "./terminal-keys.ts";

/** A terminal whose keys the test presses. */
function fakeTerminal(): {
  readonly terminal: KeyTerminal;
  readonly done: string[];
  readonly press: (keys: string) => Promise<void>;
  readonly giveBack: () => void;
} {
  const stream = new PassThrough();
  const done: string[] = [];
  const terminal: KeyTerminal = Object.assign(stream, {
    isTTY: true,
    setRawMode: (isRaw: boolean) => done.push(`raw mode ${isRaw}`),
  });
  const giveBack = takeKeys(terminal, {
    invalidate: () => done.push("invalidate"),
    open: () => done.push("open"),
    clear: () => done.push("clear"),
    quit: () => done.push("quit"),
    suspend: () => done.push("suspend"),
  });
  const press = async (keys: string): Promise<void> => {
    stream.write(keys);
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { terminal, done, press, giveBack };
}

describe("keys in the terminal", () => {
  it("i invalidates, o opens, c clears, q and Ctrl+C quit, Ctrl+Z suspends, others do nothing", async () => {
    const { done, press } = fakeTerminal();
    for (const keys of ["i", "o", "c", "x", "I", "\r", "q", "\u0003", "\u001a", "\u001b[A"])
      await press(keys);
    expect(done).toEqual([
      "raw mode true",
      "invalidate",
      "open",
      "clear",
      "quit",
      "quit",
      "suspend",
    ]);
  });

  it("several in one chunk are taken one by one", async () => {
    const { done, press } = fakeTerminal();
    await press("iiq");
    expect(done).toEqual(["raw mode true", "invalidate", "invalidate", "quit"]);
  });

  it("do nothing any more when the terminal was given back", async () => {
    const { done, press, giveBack } = fakeTerminal();
    giveBack();
    await press("i");
    expect(done).toEqual(["raw mode true", "raw mode false"]);
  });

  it("are not taken from what is no terminal", () => {
    expect(canTakeKeys({})).toBe(false);
    expect(canTakeKeys({ isTTY: false })).toBe(false);
  });
});
