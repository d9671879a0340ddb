import type { ResultWarning } from "cf-rules";
import type { FunctionAssociation } from "../distribution/edge-functions.ts";
import type { RecordedRun } from "./function-runner.ts";
import { eventCharacters } from "./invocation-event.ts";
import type { PoolAnswer } from "./pool-answer.ts";

const nothing: readonly string[] = [];

/** Returns what is kept of an invocation. */
export function describeRun(
  association: FunctionAssociation,
  { event, resultJson }: Pick<RecordedRun, "event" | "resultJson">,
  pooled: PoolAnswer,
  warnings: readonly ResultWarning[],
): RecordedRun {
  const lines = pooled.kind === "answered" ? pooled.answer.lines : pooled.lines;
  const { isTimeout, endedBy } = endOf(pooled);
  return {
    eventType: association.eventType,
    association,
    lambdaRequestId: pooled.requestId,
    durationMs: pooled.kind === "answered" ? pooled.answer.durationMs : 0,
    initDurationMs: pooled.kind === "answered" ? pooled.initDurationMs : undefined,
    maxMemoryUsedMb:
      pooled.kind === "answered"
        ? Math.min(pooled.answer.memoryMb, association.edgeFunction.memoryMb)
        : 0,
    warnings:
      warnings.length === 0
        ? nothing
        : warnings.map(({ factId, message }) => `${factId}: ${message}`),
    event,
    resultJson,
    lines: lines.length === 0 ? nothing : lines,
    endedBy,
    isTimeout,
    characters: eventCharacters(event) + (resultJson?.length ?? 0) + charactersOf(lines),
  };
}

function charactersOf(lines: readonly string[]): number {
  let characters = 0;
  for (const line of lines) characters += line.length;
  return characters;
}

/** What ended the environment, if anything did: an error of the handler does not. */
function endOf(pooled: PoolAnswer): Pick<RecordedRun, "isTimeout" | "endedBy"> {
  if (pooled.kind === "not-started") {
    return { isTimeout: false, endedBy: pooled.error.message };
  }
  const { answer } = pooled;
  const isEnded = answer.kind === "fault" && answer.fault !== "error";
  return {
    isTimeout: isEnded && answer.fault === "timeout",
    endedBy: isEnded ? answer.error.message : undefined,
  };
}
