import type { RequestStage, StageName } from "../../../src/trace/request-stage.ts";
import type { Trace, TraceStep } from "../../../src/trace/trace.ts";

/** A part of the time that a request took. */
export interface TimePart {
  /** `cloudfront` is all that no function and no origin took. */
  readonly stage: StageName | "cloudfront";
  readonly ms: number;
}

/** Returns where the time of a request went, in the order of the stages. */
export function timeByStage(
  { durationMs }: Trace,
  stages: readonly RequestStage[],
): { readonly totalMs: number; readonly parts: readonly TimePart[] } {
  const measured = stages.flatMap(({ stage, steps }): TimePart[] => {
    const ms = steps.reduce((sum, step) => sum + durationOf(step), 0);
    return ms > 0 ? [{ stage, ms }] : [];
  });
  const measuredMs = measured.reduce((sum, { ms }) => sum + ms, 0);
  // The clock of a request has whole milliseconds, those of functions have fractions.
  const restMs = Math.max(0, durationMs - measuredMs);
  return {
    totalMs: measuredMs + restMs,
    parts: restMs > 0 ? [...measured, { stage: "cloudfront", ms: restMs }] : measured,
  };
}

function durationOf(step: TraceStep): number {
  if ("run" in step) return step.run.durationMs + (step.run.initDurationMs ?? 0);
  return step.step === "origin" ? step.durationMs : 0;
}
