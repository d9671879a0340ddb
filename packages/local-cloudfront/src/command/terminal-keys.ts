import { spawnSync } from "node:child_process";

/** What keys come from: `process.stdin`, where it is a terminal. */
export interface KeyTerminal {
  readonly isTTY?: boolean;
  setRawMode(isRaw: boolean): unknown;
  on(event: "data", listener: (chunk: Buffer) => void): unknown;
  off(event: "data", listener: (chunk: Buffer) => void): unknown;
  resume(): unknown;
  pause(): unknown;
}

/** What pressing a key does. */
export interface KeyActions {
  /** `i` */
  readonly invalidate: () => void;
  /** `o` */
  readonly open: () => void;
  /** `c` */
  readonly clear: () => void;
  /** `q`, and Ctrl+C, which in a terminal that hands out single keys is no signal. */
  readonly quit: () => void;
  /** Ctrl+Z */
  readonly suspend: () => void;
}

/**
 * Whether keys can be taken from the terminal: not from a pipe, and not in the background, where a
 * process that touches the terminal is stopped.
 */
export function canTakeKeys(terminal: Pick<KeyTerminal, "isTTY">): boolean {
  if (terminal.isTTY !== true) return false;
  const { stdout } = spawnSync("ps", ["-o", "stat=", "-p", String(process.pid)], {
    encoding: "utf8",
  });
  return typeof stdout !== "string" || stdout.trim() === "" || stdout.includes("+");
}

/** Does what keys say, without Enter; returns what gives the terminal back. */
export function takeKeys(terminal: KeyTerminal, actions: KeyActions): () => void {
  const onData = (chunk: Buffer): void => {
    for (const key of chunk.toString("latin1")) actionOf(key, actions)?.();
  };
  terminal.setRawMode(true);
  terminal.on("data", onData);
  terminal.resume();
  return () => {
    terminal.off("data", onData);
    terminal.setRawMode(false);
    terminal.pause();
  };
}

function actionOf(
  key: string,
  { invalidate, open, clear, quit, suspend }: KeyActions,
): (() => void) | undefined {
  switch (key) {
    case "i":
      return invalidate;
    case "o":
      return open;
    case "c":
      return clear;
    case "q":
    case "\u0003":
      return quit;
    case "\u001a":
      return suspend;
    default:
      return undefined;
  }
}

/**
 * Takes keys from the terminal for as long as this process has it: after Ctrl+Z, again when it comes
 * back to the foreground. Returns what gives the terminal back; undefined where there is none.
 */
export function offerKeys(
  terminal: KeyTerminal,
  actions: Omit<KeyActions, "suspend">,
): (() => void) | undefined {
  if (!canTakeKeys(terminal)) return undefined;
  let giveBack: (() => void) | undefined;
  const take = (): void => {
    if (canTakeKeys(terminal)) giveBack = takeKeys(terminal, { ...actions, suspend });
  };
  const suspend = (): void => {
    giveBack?.();
    giveBack = undefined;
    process.once("SIGCONT", take);
    process.kill(process.pid, "SIGTSTP");
  };
  take();
  return () => {
    process.off("SIGCONT", take);
    giveBack?.();
  };
}
