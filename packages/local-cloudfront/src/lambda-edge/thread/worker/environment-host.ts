import { setInterval } from "node:timers";
import { ExecutionEnvironment, type InvocationResponse } from "../execution-environment.ts";
import { startThread } from "../start-thread.ts";
import type { HostMessage, HostRequest } from "../process-environment.ts";

/*
 * What a process runs that is there for one execution environment: the environment's thread, looked
 * after as in the server. Whatever the function does to the process, the server sees its end.
 */

const lookEveryMs = 25;
let environment: ExecutionEnvironment | undefined;

function send(message: HostMessage): void {
  process.send?.(message);
}

function open({ setup, initTimeoutMs, module }: Extract<HostRequest, { kind: "open" }>): void {
  const { functionName, memoryMb } = setup;
  const opened = new ExecutionEnvironment({
    thread: startThread({ functionName, memoryMb }, new URL(module)),
    setup,
    initTimeoutMs,
    onLogLine: (line) => send({ kind: "log", line }),
  });
  environment = opened;
  let lookedAtMs = performance.now();
  setInterval(() => {
    const nowMs = performance.now();
    opened.check(Math.min(nowMs - lookedAtMs, 4 * lookEveryMs));
    lookedAtMs = nowMs;
  }, lookEveryMs);
  void opened.initialized.then((outcome) => send({ kind: "initialized", outcome }));
  void opened.ended.then(() => process.exit(0));
}

function invoke({ requestId, event }: Extract<HostRequest, { kind: "invoke" }>): void {
  const opened = environment;
  opened?.invoke(requestId, event, (response: InvocationResponse | undefined) =>
    send({ kind: "response", response, hasLeftovers: opened.hasLeftovers }),
  );
}

process.on("message", (request: HostRequest) => {
  if (request.kind === "open") open(request);
  else invoke(request);
});
// The server is gone: nothing of this process, nor what the function has started, stays.
process.on("disconnect", () => process.kill(-process.pid, "SIGKILL"));
