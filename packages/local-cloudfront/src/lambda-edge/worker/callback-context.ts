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
  /** Added to the handler's context. */
  readonly context: object;
}

/**
 * Returns the callback and the context properties of nodejs22.x and before; only the first call
 * of any of them counts.
 */
export function callbackContext(outcome: CallbackOutcome): CallbackContext {
  let waitsForEmptyEventLoop = true;
  let isDone = false;
  const once =
    (report: (error: unknown, result: unknown) => void) => (error?: unknown, result?: unknown) => {
      if (!isDone) {
        isDone = true;
        report(error, result);
      }
    };
  const finish = (isWaiting: boolean) => (error: unknown, result: unknown) => {
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
