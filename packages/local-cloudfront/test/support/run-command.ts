import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { onTestFinished } from "vitest";
import { command } from "./command.ts";

/** The command while it runs. */
export interface RunningCommand {
  /** Where it listens. */
  readonly url: string;
  /** The lines of stdout so far. */
  readonly lines: readonly string[];
  /** Resolves with the first line, of those there are or are to come, that `isWanted`. */
  line(isWanted: (line: string) => boolean): Promise<string>;
  /** Ends it as Ctrl+C does, and returns its exit status. */
  end(): Promise<number | null>;
}

/** Starts the command in a process of its own; it ends with the test. */
export async function runCommand(
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<RunningCommand> {
  const child = spawn(process.execPath, [command, "--port", "0", ...args], {
    env: { ...process.env, ...environment },
    stdio: ["ignore", "pipe", "inherit"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  const lines: string[] = [];
  const reader = createInterface({ input: child.stdout });
  reader.on("line", (line) => lines.push(line));
  let isOver = false;
  reader.once("close", () => (isOver = true));
  const line = async (isWanted: (line: string) => boolean): Promise<string> => {
    for (;;) {
      const found = lines.find(isWanted);
      if (found !== undefined) return found;
      if (isOver) throw new Error(`The command ended without the line: ${args.join(" ")}.`);
      await Promise.race([once(reader, "line"), once(reader, "close")]);
    }
  };
  const [url = ""] = /http:\/\/[\d.:]+/.exec(await line((text) => /http:\/\//.test(text))) ?? [];
  return {
    url,
    lines,
    line,
    async end() {
      const exited = once(child, "exit");
      child.kill("SIGINT");
      const [status] = await exited;
      return status as number | null;
    },
  };
}
