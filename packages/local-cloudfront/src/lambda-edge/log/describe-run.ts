import type { ResultWarning } from "cf-rules";
import type { RecordedRun } from "../function-runner.ts";
import type { EndedInvocation, InvocationEnd } from "../pool/invocation-outcome.ts";

const nothing: readonly string[] = [];

/** Returns what is kept of an invocation. */
export function describeRun(
  { association, event, end }: EndedInvocation,
  warnings: readonly ResultWarning[],
): RecordedRun {
  const resultJson = resultOf(end);
  const lines = linesOf(end);
  return {
    eventType: association.eventType,
    association,
    lambdaRequestId: end.requestId,
    durationMs: end.kind === "responded" ? end.response.durationMs : 0,
    initDurationMs: end.kind === "responded" ? end.initDurationMs : undefined,
    maxMemoryUsedMb:
      end.kind === "responded"
        ? Math.min(end.response.memoryMb, association.edgeFunction.memoryMb)
        : 0,
    warnings:
      warnings.length === 0
        ? nothing
        : warnings.map(({ factId, message }) => `${factId}: ${message}`),
    event,
    resultJson,
    lines: lines.length === 0 ? nothing : lines,
    endedBy: endOf(end),
    isTimeout: isTimeout(end),
    characters: event.length + (resultJson?.length ?? 0) + charactersOf(lines),
  };
}

function charactersOf(lines: readonly string[]): number {
  let characters = 0;
  for (const line of lines) characters += line.length;
  return characters;
}

function resultOf(end: InvocationEnd): string | undefined {
  if (end.kind !== "responded" || end.response.kind !== "result") return undefined;
  return end.response.result;
}

function linesOf(end: InvocationEnd): readonly string[] {
  if (end.kind === "throttled") return nothing;
  return end.kind === "responded" ? end.response.lines : end.lines;
}

/** What ended the environment, if anything did: an error of the handler does not. */
function endOf(end: InvocationEnd): string | undefined {
  if (end.kind === "throttled") return undefined;
  if (end.kind === "not-started") return end.error.message;
  const { response } = end;
  return response.kind === "fault" && response.fault !== "error"
    ? response.error.message
    : undefined;
}

function isTimeout(end: InvocationEnd): boolean {
  if (end.kind !== "responded") return false;
  const { response } = end;
  return response.kind === "fault" && response.fault === "timeout";
}
