import type { InvocationAnswer } from "./execution-environment.ts";
import type { FunctionError } from "./worker-messages.ts";

interface Answered {
  readonly kind: "answered";
  /** Lambda's own request id. */
  readonly requestId: string;
  /** Milliseconds of the cold start; undefined where a warm environment was used. */
  readonly initDurationMs: number | undefined;
  readonly answer: InvocationAnswer;
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
export type PoolAnswer = Answered | NotStarted;

/** How an invocation went, if it came to a pool at all. */
export type InvocationEnd = PoolAnswer | Throttled;
