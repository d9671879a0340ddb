import { textOfBytes } from "../distribution/byte-string.ts";
import type { FunctionStepRecord, StepRecord } from "./journey-record.ts";

/** Whether a step is an invocation of a function. */
export function isFunctionStep(step: StepRecord): step is FunctionStepRecord {
  return "run" in step;
}

/** Returns the URI before and after; undefined where the function is no request function, or left it alone. */
export function uriChangeOf({
  before,
  after,
}: FunctionStepRecord): { readonly before: string; readonly after: string } | undefined {
  if (before.kind !== "request" || after?.kind !== "request" || before.uri === after.uri) {
    return undefined;
  }
  return { before: textOfBytes(before.uri), after: textOfBytes(after.uri) };
}

/** Returns the warnings of the result, and CloudFront's own. */
export function warningsOf({ run, warning }: FunctionStepRecord): readonly string[] {
  return warning === undefined ? run.warnings : [...run.warnings, warning];
}
