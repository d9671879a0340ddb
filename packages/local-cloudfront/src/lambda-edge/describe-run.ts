import type { ResultWarning } from "cf-rules";
import type { FunctionAssociation } from "../distribution/edge-functions.ts";
import { logGroupName } from "./function-identity.ts";
import type { RecordedRun } from "./function-runner.ts";
import type { PoolAnswer } from "./pool-answer.ts";
import { invocationLog } from "./invocation-log.ts";

/** Returns what is told of an invocation; its log is only written out where somebody reads it. */
export function describeRun(
  association: FunctionAssociation,
  eventJson: string,
  pooled: PoolAnswer,
  warnings: readonly ResultWarning[],
): RecordedRun {
  const { memoryMb, version: functionVersion } = association.edgeFunction;
  const { requestId } = pooled;
  const measured =
    pooled.kind === "answered"
      ? { ...pooled.answer, initDurationMs: pooled.initDurationMs }
      : { durationMs: 0, memoryMb: 0, initDurationMs: undefined, lines: pooled.lines };
  const { durationMs, initDurationMs, lines } = measured;
  const resultJson = resultOf(pooled);
  const maxMemoryUsedMb = Math.min(measured.memoryMb, memoryMb);
  return {
    eventType: association.eventType,
    association,
    logGroupName: logGroupName(association.edgeFunction),
    lambdaRequestId: requestId,
    durationMs,
    initDurationMs,
    maxMemoryUsedMb,
    get logLines() {
      const numbers = { durationMs, initDurationMs, memoryMb, maxMemoryUsedMb };
      return invocationLog({ requestId, functionVersion, ...numbers, ...endOf(pooled) }, lines);
    },
    warnings: warnings.map(({ factId, message }) => `${factId}: ${message}`),
    eventJson,
    resultJson,
    hasOutput: lines.length > 0 || endOf(pooled).endedBy !== undefined,
    characters: eventJson.length + (resultJson?.length ?? 0) + charactersOf(lines),
  };
}

function resultOf(pooled: PoolAnswer): string | undefined {
  if (pooled.kind === "not-started") return undefined;
  return pooled.answer.kind === "result" ? pooled.answer.result : undefined;
}

function charactersOf(lines: readonly string[]): number {
  let characters = 0;
  for (const line of lines) characters += line.length;
  return characters;
}

/** What ended the environment, if anything did: an error of the handler does not. */
function endOf(pooled: PoolAnswer): {
  readonly isTimeout: boolean;
  readonly endedBy: string | undefined;
} {
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
