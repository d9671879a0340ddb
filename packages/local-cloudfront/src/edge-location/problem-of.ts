import type { StepRecord } from "./request-record.ts";

/** Returns what went wrong in a step, as far as it is no function's; undefined where nothing did. */
export function problemOf(step: StepRecord): string | undefined {
  if (step.step === "refused") return step.reason;
  if (step.step !== "origin") return undefined;
  const { origin, response, failure, notPublished, reason } = step;
  return response?.isIncomplete === true
    ? `CF-G-41: Origin ${origin.id} (${origin.domainName}) hung up before its body was whole.`
    : (failure ?? notPublished ?? reason);
}
