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

/** What functions are run with. */
export interface FunctionRoom {
  readonly invoker: FunctionInvoker;
  readonly quotas: LambdaEdgeQuotas;
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
export function refusedOutcome(done: FinishedInvocation, found: ResultViolation): FailedOutcome {
  return { kind: "failure", failure: validationFailure(found), run: done.run([]) };
}

/** The outcome of a function that gave no result. */
export function failedOutcome({ failure, run }: FailedInvocation): FailedOutcome {
  return { kind: "failure", failure, run: run([]) };
}
