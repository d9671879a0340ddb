import type { StepRecord } from "../request-record.ts";
import type { DetailedResultType, ResultType } from "../result-type.ts";

/** Returns the detailed result type of a context that took the given steps. */
export function detailedResultTypeOf(
  resultType: ResultType,
  steps: readonly StepRecord[],
): DetailedResultType {
  if (resultType === "LambdaGeneratedResponse") {
    return steps.some(isGeneratedOnMiss) ? "MissGeneratedResponse" : resultType;
  }
  return resultType === "Error" ? (errorDetailOf(steps) ?? "Error") : resultType;
}

function isGeneratedOnMiss(step: StepRecord): boolean {
  return step.step === "origin-request" && step.outcome === "generated-response";
}

/** The page of a custom error response changes nothing: the error came before it (CF-K-05). */
function errorDetailOf(steps: readonly StepRecord[]): DetailedResultType | undefined {
  const pageAt = steps.findIndex(({ step }) => step === "custom-error-response");
  const untilError = pageAt === -1 ? steps : steps.slice(0, pageAt);
  const last = untilError.findLast(({ step }) => step === "refused" || step === "origin");
  if (last?.step === "refused") return last.detailedResultType;
  return last?.step === "origin" ? last.failureDetail : undefined;
}
