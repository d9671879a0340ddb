import type { InvocationResponse } from "../thread/execution-environment.ts";
import type { FunctionEnvironment } from "../thread/function-environment.ts";
import type { PoolEnd } from "./invocation-outcome.ts";
import type { FunctionError } from "../channel/thread-messages.ts";

/** An invocation that has not ended yet. */
export interface PendingInvocation {
  readonly requestId: string;
  readonly event: string;
  readonly sinceMs: number;
  /** Called once; does not throw. */
  readonly onEnd: (end: PoolEnd) => void;
  /** Whether it was already sent once, to an environment that an earlier invocation brought down. */
  readonly isSecondTry: boolean;
}

/** What was brought down once runs in a clean environment, behind nothing else. */
export function isFit(
  environment: FunctionEnvironment,
  { isSecondTry }: PendingInvocation,
): boolean {
  const { isUsable, hasLeftovers, load } = environment;
  return isUsable && !(isSecondTry && (hasLeftovers || load > 0));
}

/** Whether what an earlier invocation left behind may have ended the environment. */
export function isBroughtDown(response: InvocationResponse): boolean {
  if (response.kind !== "fault") {
    return false;
  }
  const { fault, hadLeftovers } = response;
  return fault === "blocked" || (hadLeftovers && (fault === "crash" || fault === "exit"));
}

/** Ends invocations whose function could not be loaded. */
export function failPending(
  failed: readonly PendingInvocation[],
  error: FunctionError,
  lines: readonly string[] = [],
): void {
  for (const { requestId, onEnd } of failed) {
    onEnd({ kind: "not-started", requestId, error, lines });
  }
}
