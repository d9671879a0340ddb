import type { LambdaFunction } from "../../distribution/edge-functions.ts";
import { executionFailure, throttledFailure } from "../log/function-failure.ts";
import type { InvocationResponse } from "../thread/execution-environment.ts";
import type { FunctionFailure } from "../function-runner.ts";
import { lambdaRequestId } from "./lambda-request-id.ts";
import type { InvocationFault } from "../thread/runtime-fault.ts";
import type { FunctionError } from "../channel/thread-messages.ts";

interface Responded {
  readonly kind: "responded";
  /** Lambda's own request id. */
  readonly requestId: string;
  /** Milliseconds of the cold start; undefined where a warm environment was used. */
  readonly initDurationMs: number | undefined;
  readonly response: InvocationResponse;
}

/** The function's code could not be loaded. */
interface NotStarted {
  readonly kind: "not-started";
  readonly requestId: string;
  readonly error: FunctionError;
  readonly lines: readonly string[];
}

/** Too many invocations were under way for this one to be begun. */
interface Throttled {
  readonly kind: "throttled";
  readonly requestId: string;
}

/** How an invocation went, in whichever environment it ran. */
export type PoolEnd = Responded | NotStarted;

/** How an invocation went, if it came to a pool at all. */
export type InvocationEnd = PoolEnd | Throttled;

/** An invocation that is over: what it was given, and what came of it. */
export interface EndedInvocation {
  readonly lambda: LambdaFunction;
  readonly event: string;
  readonly end: InvocationEnd;
}

/** An invocation that gave a result, whatever it is worth. */
export interface FinishedInvocation extends EndedInvocation {
  readonly kind: "result";
  /** JSON text. */
  readonly result: string;
}

/** An invocation that gave none. */
export interface FailedInvocation extends EndedInvocation {
  readonly kind: "failure";
  readonly failure: FunctionFailure;
}

/** The outcome of an invocation that was too much at once. */
export function throttledInvocation(
  lambda: LambdaFunction,
  event: string,
  concurrency: number,
): FailedInvocation {
  const end: InvocationEnd = { kind: "throttled", requestId: lambdaRequestId() };
  return { kind: "failure", lambda, event, end, failure: throttledFailure(concurrency) };
}

/**
 * Returns the outcome of an invocation that ran or could not start.
 *
 * @param taskRoot where the function's code runs from, which errors do not show
 */
export function invocationOutcome(
  lambda: LambdaFunction,
  event: string,
  end: PoolEnd,
  taskRoot: string | undefined,
): FinishedInvocation | FailedInvocation {
  const failed = (error: FunctionError, fault: InvocationFault | "init"): FailedInvocation => {
    const shown = showSources(error, lambda, taskRoot);
    return { kind: "failure", lambda, event, end, failure: executionFailure(shown, fault) };
  };
  if (end.kind === "not-started") return failed(end.error, "init");
  const { response } = end;
  return response.kind === "result"
    ? { kind: "result", lambda, event, end, result: response.result }
    : failed(response.error, response.fault);
}

function showSources(
  { message, stack, ...error }: FunctionError,
  lambda: LambdaFunction,
  taskRoot: string | undefined,
): FunctionError {
  return {
    ...error,
    message: showSource(message, lambda, taskRoot),
    stack: stack && showSource(stack, lambda, taskRoot),
  };
}

/** Names the function's own source instead of the place where its copy runs. */
function showSource(text: string, { code }: LambdaFunction, taskRoot: string | undefined): string {
  return taskRoot === undefined
    ? text
    : text.replaceAll(taskRoot, code.kind === "folder" ? code.path : "/var/task");
}
