import type { FunctionError } from "../channel/thread-messages.ts";

/** Why an invocation has no result. */
export type InvocationFault =
  /** The handler threw or rejected. */
  | "error"
  /** An error that nobody caught ended the thread. */
  | "crash"
  /** The thread ended for another reason. */
  | "exit"
  | "timeout"
  | "memory"
  /** What an earlier invocation left behind keeps the thread busy. */
  | "blocked";

/** A fault with what the log says of it. */
export interface RuntimeFault {
  readonly fault: InvocationFault;
  readonly error: FunctionError;
}

/** A thread that ended with a status, as `process.exit` sets it. */
export function exitFault(status: number | undefined): RuntimeFault {
  const message =
    status === undefined || status === 0
      ? "Runtime exited without providing a reason"
      : `Runtime exited with error: exit status ${status}`;
  return fault("exit", "Runtime.ExitError", message);
}

/** A function that took more memory than it has. */
export function memoryFault(): RuntimeFault {
  return fault(
    "memory",
    "Runtime.OutOfMemory",
    "Runtime exited with error: signal: killed (out of memory)",
  );
}

/** A function that took longer than it may to load (`Init`) or to respond (`Task`). */
export function timeoutFault(phase: "Init" | "Task", limitMs: number): RuntimeFault {
  const message = `${phase} timed out after ${(limitMs / 1000).toFixed(2)} seconds`;
  return fault("timeout", "Sandbox.Timedout", message);
}

/** A thread that something else than the invocation keeps busy. */
export function blockedFault(): RuntimeFault {
  return fault(
    "blocked",
    "Runtime.Blocked",
    "What an earlier invocation left behind blocks the execution environment",
  );
}

/** A thread that sent what none sends whose function has left it alone. */
export function malformedMessageFault(): RuntimeFault {
  return fault(
    "crash",
    "Runtime.MalformedMessage",
    "The function has replaced what its execution environment works with",
  );
}

/** What the worker's `error` event says. */
export function workerErrorFault(thrown: unknown): RuntimeFault {
  if (!(thrown instanceof Error)) {
    return fault("crash", typeof thrown, String(thrown));
  }
  const isOutOfMemory = "code" in thrown && thrown.code === "ERR_WORKER_OUT_OF_MEMORY";
  return isOutOfMemory
    ? memoryFault()
    : {
        fault: "crash",
        error: { type: thrown.name, message: thrown.message, stack: thrown.stack },
      };
}

function fault(kind: InvocationFault, type: string, message: string): RuntimeFault {
  return { fault: kind, error: { type, message, stack: undefined } };
}
