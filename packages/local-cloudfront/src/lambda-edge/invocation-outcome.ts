import { randomUUID } from "node:crypto";
import type { ResultWarning } from "cf-rules";
import type { FunctionAssociation } from "../distribution/edge-functions.ts";
import { describeRun } from "./describe-run.ts";
import { executionFailure, throttledFailure } from "./function-failure.ts";
import type { FunctionFailure, RecordedRun } from "./function-runner.ts";
import { eventCharacters, type EventTexts } from "./invocation-event.ts";
import type { PoolAnswer } from "./pool-answer.ts";
import type { InvocationFault } from "./runtime-fault.ts";
import type { FunctionError } from "./worker-messages.ts";

/** An invocation that gave a result, whatever it is worth. */
export interface FinishedInvocation {
  readonly kind: "result";
  /** JSON text. */
  readonly result: string;
  /** @param resultJson the same text as `result`, where there is a string of it that is kept anyway */
  readonly run: (warnings: readonly ResultWarning[], resultJson?: string) => RecordedRun;
}

/** An invocation that gave none. */
export interface FailedInvocation {
  readonly kind: "failure";
  readonly failure: FunctionFailure;
  readonly run: (warnings: readonly ResultWarning[]) => RecordedRun;
}

/** The outcome of an invocation that was too much at once. */
export function throttledInvocation(
  association: FunctionAssociation,
  event: EventTexts,
  concurrency: number,
): FailedInvocation {
  return {
    kind: "failure",
    failure: throttledFailure(concurrency),
    run: () => ({
      eventType: association.eventType,
      association,
      lambdaRequestId: randomUUID(),
      durationMs: 0,
      initDurationMs: undefined,
      maxMemoryUsedMb: 0,
      warnings: [],
      event,
      resultJson: undefined,
      lines: [],
      endedBy: undefined,
      isTimeout: false,
      characters: eventCharacters(event),
    }),
  };
}

/**
 * Returns the outcome of an invocation that ran or could not start.
 *
 * @param taskRoot where the function's code runs from, which errors do not show
 */
export function invocationOutcome(
  association: FunctionAssociation,
  taskRoot: string | undefined,
  event: EventTexts,
  pooled: PoolAnswer,
): FinishedInvocation | FailedInvocation {
  const run = (warnings: readonly ResultWarning[], resultJson = resultOf(pooled)) =>
    describeRun(association, { event, resultJson }, pooled, warnings);
  const failed = (error: FunctionError, fault: InvocationFault | "init"): FailedInvocation => ({
    kind: "failure",
    failure: executionFailure(
      {
        ...error,
        message: showSource(error.message, association, taskRoot),
        stack: error.stack && showSource(error.stack, association, taskRoot),
      },
      fault,
    ),
    run,
  });
  if (pooled.kind === "not-started") {
    return failed(pooled.error, "init");
  }
  const { answer } = pooled;
  return answer.kind === "result"
    ? { kind: "result", result: answer.result, run }
    : failed(answer.error, answer.fault);
}

function resultOf(pooled: PoolAnswer): string | undefined {
  if (pooled.kind === "not-started") return undefined;
  return pooled.answer.kind === "result" ? pooled.answer.result : undefined;
}

/** Names the function's own source instead of the place where its copy runs. */
function showSource(
  text: string,
  association: FunctionAssociation,
  taskRoot: string | undefined,
): string {
  const { code } = association.edgeFunction;
  return taskRoot === undefined
    ? text
    : text.replaceAll(taskRoot, code.kind === "folder" ? code.path : "/var/task");
}
