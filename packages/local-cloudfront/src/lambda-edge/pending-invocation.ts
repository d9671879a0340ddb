import type { ExecutionEnvironment, InvocationAnswer } from "./execution-environment.ts";
import type { PoolAnswer } from "./pool-answer.ts";

/** An invocation that has no answer yet. */
export interface PendingInvocation {
  readonly requestId: string;
  readonly event: string;
  readonly sinceMs: number;
  readonly resolve: (answer: PoolAnswer) => void;
  /** Whether it already ran once, in an environment that an earlier invocation brought down. */
  readonly isSecondTry: boolean;
}

/** What was brought down once runs in a clean environment. */
export function isFit(
  environment: ExecutionEnvironment,
  { isSecondTry }: PendingInvocation,
): boolean {
  return environment.isUsable && !(isSecondTry && environment.hasLeftovers);
}

/** Whether what an earlier invocation left behind may have ended the environment. */
export function isBroughtDown(answer: InvocationAnswer, hadLeftovers: boolean): boolean {
  if (answer.kind !== "fault") {
    return false;
  }
  const { fault } = answer;
  return fault === "blocked" || (hadLeftovers && (fault === "crash" || fault === "exit"));
}
