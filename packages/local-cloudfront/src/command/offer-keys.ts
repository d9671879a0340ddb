import { canTakeKeys, takeKeys, type KeyActions, type KeyTerminal } from "./terminal-keys.ts";

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
