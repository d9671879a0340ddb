import { readResult } from "cf-rules";
import type {
  LambdaEdgeQuotas,
  RequestResultCheck,
  ResponseResultCheck,
  ResultViolation,
} from "cf-rules";
import type { FunctionAssociation } from "../distribution/edge-functions.ts";
import { validationFailure } from "./function-failure.ts";
import { describeRun } from "./describe-run.ts";
import type { FunctionInvoker } from "./function-invoker.ts";
import type { FailedInvocation, FinishedInvocation } from "./invocation-outcome.ts";
import { RecentChecks, type CheckedResult } from "./recent-checks.ts";
import type { RecentMessages } from "./recent-messages.ts";
import type { FailedOutcome } from "./function-runner.ts";
import { validationLog, type LoggedInvocation } from "./validation-log.ts";

type ResultCheck = RequestResultCheck | ResponseResultCheck;

/** What functions are run with. */
export interface FunctionRoom {
  readonly invoker: FunctionInvoker;
  readonly quotas: LambdaEdgeQuotas;
  /** The Region in which functions believe to run. */
  readonly region: string;
  readonly recentMessages: RecentMessages;
  readonly recentChecks: WeakMap<FunctionAssociation, RecentChecks<ResultCheck>>;
}

/** A result, and what it is checked against. */
export interface CheckedTexts {
  readonly association: FunctionAssociation;
  /** The request or the response of the event. */
  readonly seenJson: string;
  readonly resultJson: string;
}

/**
 * Reads a result from its JSON text and checks it.
 *
 * @param check may look at nothing else than the result, the quotas, and what `seenJson` holds
 */
export function checkResultText<Check extends ResultCheck>(
  { quotas, recentChecks }: FunctionRoom,
  { association, seenJson, resultJson }: CheckedTexts,
  check: (result: unknown) => Check,
): CheckedResult<Check | ResultViolation> {
  let recent = recentChecks.get(association);
  if (recent === undefined) {
    recent = new RecentChecks();
    recentChecks.set(association, recent);
  }
  // An association has one event type, whose results are always checked by the same `check`.
  return recent.of(seenJson, resultJson, () => {
    const read = readResult(resultJson, quotas);
    return read.kind === "violation" ? read : check(read.result);
  }) as CheckedResult<Check | ResultViolation>;
}

/** The outcome of a function whose result CloudFront refuses. */
export function refusedOutcome(
  done: FinishedInvocation,
  found: ResultViolation,
  invocation: LoggedInvocation,
): FailedOutcome {
  const run = describeRun(done, []);
  const log = validationLog(invocation, run.lambdaRequestId, found);
  return { kind: "failure", failure: validationFailure(found, log), run };
}

/** The outcome of a function that gave no result. */
export function failedOutcome(done: FailedInvocation): FailedOutcome {
  return { kind: "failure", failure: done.failure, run: describeRun(done, []) };
}
