import { availableParallelism } from "node:os";
import { lambdaEdgeQuotas } from "cf-rules";

/** What the execution environments of one machine may take. */
export interface FunctionLimits {
  /** Invocations under way at once, of all functions; above it they are throttled (LE-E-06). */
  readonly concurrency: number;
  /** Worker threads at once, of all functions; above it invocations wait for a free one. */
  readonly environments: number;
  /** Invocations of one fast function that run at once rather than one after the other. */
  readonly parallelism: number;
  /** Cold starts of one function at once. */
  readonly coldStarts: number;
  /** Milliseconds that an invocation waits for a busy environment before another is started. */
  readonly coldStartAfterMs: number;
  /** Environments of one function that stay warm however long nothing comes. */
  readonly warmEnvironments: number;
  /** Milliseconds without an invocation after which the others are ended. */
  readonly idleMs: number;
  /** Milliseconds for loading the function's code. */
  readonly initTimeoutMs: number;
}

/** The limits that hold where none are given. */
export const defaultFunctionLimits: FunctionLimits = {
  concurrency: lambdaEdgeQuotas.concurrencyPerRegion,
  environments: 64,
  parallelism: availableParallelism(),
  coldStarts: 4,
  coldStartAfterMs: 5,
  warmEnvironments: 1,
  idleMs: 60_000,
  // https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html (read 2026-09-30)
  initTimeoutMs: 10_000,
};
