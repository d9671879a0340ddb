import { readResult } from "cf-rules";
import type {
  LambdaEdgeQuotas,
  RequestResultCheck,
  ResponseResultCheck,
  ResultViolation,
} from "cf-rules";
import { validationFailure } from "./function-failure.ts";
import type { FunctionInvoker } from "./function-invoker.ts";
import type { FailedInvocation, FinishedInvocation } from "./invocation-outcome.ts";
import type { FailedOutcome } from "./function-runner.ts";
import { validationLog, type LoggedInvocation } from "./validation-log.ts";

/** What functions are run with. */
export interface FunctionRoom {
  readonly invoker: FunctionInvoker;
  readonly quotas: LambdaEdgeQuotas;
  /** The Region in which functions believe to run. */
  readonly region: string;
}

/** Reads a result from its JSON text and checks it. */
export function checkResultText<Check extends RequestResultCheck | ResponseResultCheck>(
  text: string,
  quotas: LambdaEdgeQuotas,
  check: (result: unknown) => Check,
): Check | ResultViolation {
  const read = readResult(text, quotas);
  return read.kind === "violation" ? read : check(read.result);
}

/** The outcome of a function whose result CloudFront refuses. */
export function refusedOutcome(
  done: FinishedInvocation,
  found: ResultViolation,
  invocation: LoggedInvocation,
): FailedOutcome {
  const run = done.run([]);
  const log = validationLog(invocation, run.lambdaRequestId, found);
  return { kind: "failure", failure: validationFailure(found, log), run };
}

/** The outcome of a function that gave no result. */
export function failedOutcome({ failure, run }: FailedInvocation): FailedOutcome {
  return { kind: "failure", failure, run: run([]) };
}
