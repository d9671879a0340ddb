import type { RequestStage } from "../../../src/trace/request-stage.ts";
import type { OriginStep, Trace } from "../../../src/trace/trace.ts";

/** What made a request fail. */
export interface RequestError {
  /** Who is at fault, as in `spa-rewrite at viewer request`. */
  readonly subject: string;
  /** A sentence, with the id of the fact behind it in front where there is one. */
  readonly text: string;
}

/** Returns what made a request fail: a function, CloudFront or the origin; undefined where it did not. */
export function errorOf(
  { steps, status }: Trace,
  stages: readonly RequestStage[],
): RequestError | undefined {
  const failed = stages.find(({ state }) => state === "failed");
  const failedFunction = failed?.steps.find((step) => "run" in step && step.failure !== undefined);
  if (failed !== undefined) {
    const subject =
      failedFunction !== undefined && "run" in failedFunction
        ? `${failedFunction.function.name} at ${failed.stage.replace("-", " ")}`
        : "Origin";
    return { subject, text: failed.reason };
  }
  const refused = steps.find((step) => step.step === "refused");
  if (refused?.step === "refused") return { subject: "CloudFront", text: refused.reason };
  if (status < 400) return undefined;
  const origin = steps.findLast((step) => step.step === "origin");
  return origin?.step === "origin" ? originError(origin) : undefined;
}

function originError({
  originId,
  status,
  notPublished,
  reason,
}: OriginStep): RequestError | undefined {
  if (status === undefined || status < 400) return undefined;
  return {
    subject: `Origin ${originId}`,
    text: notPublished ?? reason ?? `It responds with ${status}.`,
  };
}
