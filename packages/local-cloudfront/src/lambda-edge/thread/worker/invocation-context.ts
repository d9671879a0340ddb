import type { ThreadSetup } from "../../channel/thread-messages.ts";

/** The `context` that a handler gets. */
export interface InvocationContext {
  readonly functionName: string;
  readonly functionVersion: string;
  readonly invokedFunctionArn: string;
  readonly memoryLimitInMB: string;
  readonly awsRequestId: string;
  readonly logGroupName: string;
  readonly logStreamName: string;
  readonly identity: undefined;
  readonly clientContext: undefined;
  getRemainingTimeInMillis(): number;
}

/**
 * Returns the context of one invocation, whose time starts now.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-context.html
 */
export function invocationContext(setup: ThreadSetup, requestId: string): InvocationContext {
  const deadlineMs = performance.now() + setup.timeoutMs;
  return {
    functionName: setup.functionName,
    functionVersion: setup.functionVersion,
    invokedFunctionArn: setup.invokedFunctionArn,
    memoryLimitInMB: String(setup.memoryMb),
    awsRequestId: requestId,
    logGroupName: setup.logGroupName,
    logStreamName: setup.logStreamName,
    identity: undefined,
    clientContext: undefined,
    getRemainingTimeInMillis: () => Math.max(0, Math.trunc(deadlineMs - performance.now())),
  };
}

/** How an invocation of a handler with a callback ends. */
export interface CallbackOutcome {
  succeed(result: unknown): void;
  fail(error: unknown): void;
  /** Called with a result that waits until nothing is left to do. */
  succeedWhenIdle(result: unknown): void;
}

/** What runtimes with callbacks add to an invocation. */
export interface CallbackContext {
  readonly callback: (error?: unknown, result?: unknown) => void;
  /** What the handler's promise settles. */
  readonly succeed: (result: unknown) => void;
  /** What the handler throws, or its promise. */
  readonly fail: (error: unknown) => void;
  /** Added to the handler's context. */
  readonly context: object;
}

/**
 * Returns the callback and the context properties of nodejs22.x and before. Of these and of what the
 * handler returns or throws, only the first counts.
 */
export function callbackContext(outcome: CallbackOutcome): CallbackContext {
  let waitsForEmptyEventLoop = true;
  let isDone = false;
  const once =
    <Values extends readonly unknown[]>(report: (...values: Values) => void) =>
    (...values: Values): void => {
      if (isDone) return;
      isDone = true;
      report(...values);
    };
  const finish = (isWaiting: boolean) => (error?: unknown, result?: unknown) => {
    if (error !== undefined && error !== null) {
      outcome.fail(error);
    } else if (isWaiting && waitsForEmptyEventLoop) {
      outcome.succeedWhenIdle(result);
    } else {
      outcome.succeed(result);
    }
  };
  const done = once(finish(false));
  return {
    callback: once(finish(true)),
    succeed: once(outcome.succeed),
    fail: once(outcome.fail),
    context: {
      get callbackWaitsForEmptyEventLoop() {
        return waitsForEmptyEventLoop;
      },
      set callbackWaitsForEmptyEventLoop(value: boolean) {
        waitsForEmptyEventLoop = value;
      },
      done,
      succeed: (result: unknown) => done(undefined, result),
      fail: (error: unknown) => done(error ?? "handled"),
    },
  };
}
