import type { ResultWarning } from "cf-rules";
import type { RecordedRun } from "./function-runner.ts";
import { eventCharacters } from "./invocation-event.ts";
import type { EndedInvocation } from "./invocation-outcome.ts";
import type { InvocationEnd } from "./pool-answer.ts";

const nothing: readonly string[] = [];

/**
 * Returns what is kept of an invocation.
 *
 * @param resultJson the text of its result; a string of it that is kept anyway, where there is one
 */
export function describeRun(
  { association, event, end }: EndedInvocation,
  warnings: readonly ResultWarning[],
  resultJson: string | undefined = resultOf(end),
): RecordedRun {
  const lines = linesOf(end);
  return {
    eventType: association.eventType,
    association,
    lambdaRequestId: end.requestId,
    durationMs: end.kind === "answered" ? end.answer.durationMs : 0,
    initDurationMs: end.kind === "answered" ? end.initDurationMs : undefined,
    maxMemoryUsedMb:
      end.kind === "answered"
        ? Math.min(end.answer.memoryMb, association.edgeFunction.memoryMb)
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
    characters: eventCharacters(event) + (resultJson?.length ?? 0) + charactersOf(lines),
  };
}

function charactersOf(lines: readonly string[]): number {
  let characters = 0;
  for (const line of lines) characters += line.length;
  return characters;
}

function resultOf(end: InvocationEnd): string | undefined {
  if (end.kind !== "answered" || end.answer.kind !== "result") return undefined;
  return end.answer.result;
}

function linesOf(end: InvocationEnd): readonly string[] {
  if (end.kind === "throttled") return nothing;
  return end.kind === "answered" ? end.answer.lines : end.lines;
}

/** What ended the environment, if anything did: an error of the handler does not. */
function endOf(end: InvocationEnd): string | undefined {
  if (end.kind === "throttled") return undefined;
  if (end.kind === "not-started") return end.error.message;
  const { answer } = end;
  return answer.kind === "fault" && answer.fault !== "error" ? answer.error.message : undefined;
}

function isTimeout(end: InvocationEnd): boolean {
  if (end.kind !== "answered") return false;
  const { answer } = end;
  return answer.kind === "fault" && answer.fault === "timeout";
}
