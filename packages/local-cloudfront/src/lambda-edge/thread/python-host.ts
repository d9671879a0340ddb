import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Duplex, Readable } from "node:stream";
import { LocalCloudFrontError } from "../../local-cloudfront-error.ts";
import type { HostMessage, HostProcess } from "./process-environment.ts";
import { findPython } from "./python.ts";
import { pythonProgram } from "./python-program.ts";

/**
 * Starts the process of a Python function's environment. It sees no variable of the server's.
 *
 * @throws {LocalCloudFrontError} when this machine has no Python
 */
export function startPythonHost(
  runtime: string,
  taskRoot: string,
  variables: Readonly<Record<string, string>>,
): HostProcess {
  const python = findPython();
  if (python === undefined) {
    throw new LocalCloudFrontError(
      `Runtime ${runtime} needs python3, which is not on this machine. Install Python 3 and start again.`,
      { factId: "LE-E-13" },
    );
  }
  const child = spawn(python.path, ["-c", pythonProgram], {
    cwd: taskRoot,
    env: { ...variables },
    detached: true,
    stdio: ["ignore", "pipe", "pipe", "pipe"],
  });
  const channel = child.stdio[3] as Duplex;
  // Its exit says that it has ended.
  channel.on("error", () => undefined);
  const listeners: ((message: HostMessage) => void)[] = [];
  const notify = (message: HostMessage): void => {
    for (const listener of listeners) listener(message);
  };
  onLine(channel, (line) => notify(JSON.parse(line) as HostMessage));
  // The function's own output comes over the channel: this is what its child processes write.
  for (const output of [child.stdout, child.stderr]) {
    if (output !== null) onLine(output, (line) => notify({ kind: "log", line }));
  }
  child.unref();
  return {
    child,
    send: (request) => void channel.write(`${JSON.stringify(request)}\n`),
    onMessage: (listener) => void listeners.push(listener),
    graceMs: 0,
    // Lambda counts all that the process takes.
    takesTooMuch: (nowMb, _idleMb, memoryMb) => nowMb > memoryMb,
  };
}

function onLine(stream: Readable, listener: (line: string) => void): void {
  createInterface({ input: stream }).on("line", listener);
  if ("unref" in stream && typeof stream.unref === "function") stream.unref();
}
