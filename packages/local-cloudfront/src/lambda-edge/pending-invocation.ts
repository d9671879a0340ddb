import type { ExecutionEnvironment, InvocationAnswer } from "./execution-environment.ts";
import type { EventTexts } from "./invocation-event.ts";
import type { PoolAnswer } from "./pool-answer.ts";
import type { FunctionError } from "./worker-messages.ts";

/** An invocation that has no answer yet. */
export interface PendingInvocation {
  readonly requestId: string;
  readonly event: EventTexts;
  readonly sinceMs: number;
  /** Called once; does not throw. */
  readonly onAnswer: (answer: PoolAnswer) => void;
  /** Whether it was already sent once, to an environment that an earlier invocation brought down. */
  readonly isSecondTry: boolean;
}

/** What was brought down once runs in a clean environment, behind nothing else. */
export function isFit(
  environment: ExecutionEnvironment,
  { isSecondTry }: PendingInvocation,
): boolean {
  const { isUsable, hasLeftovers, load } = environment;
  return isUsable && !(isSecondTry && (hasLeftovers || load > 0));
}

/** Whether what an earlier invocation left behind may have ended the environment. */
export function isBroughtDown(answer: InvocationAnswer): boolean {
  if (answer.kind !== "fault") {
    return false;
  }
  const { fault, hadLeftovers } = answer;
  return fault === "blocked" || (hadLeftovers && (fault === "crash" || fault === "exit"));
}

/** Answers invocations whose function could not be loaded. */
export function failPending(
  failed: readonly PendingInvocation[],
  error: FunctionError,
  lines: readonly string[] = [],
): void {
  for (const { requestId, onAnswer } of failed) {
    onAnswer({ kind: "not-started", requestId, error, lines });
  }
}
