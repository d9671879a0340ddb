import type { InvocationAnswer } from "./execution-environment.ts";
import type { FunctionError } from "./worker-messages.ts";

/** How an invocation went, in whichever environment it ran. */
export type PoolAnswer = { readonly requestId: string } & (
  | {
      readonly kind: "answered";
      /** Milliseconds of the cold start; undefined where a warm environment was used. */
      readonly initDurationMs: number | undefined;
      readonly answer: InvocationAnswer;
    }
  | {
      /** The function's code could not be loaded. */
      readonly kind: "not-started";
      readonly error: FunctionError;
      readonly lines: readonly string[];
    }
);
