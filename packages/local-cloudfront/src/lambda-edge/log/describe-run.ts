import type { ResultWarning } from "cf-rules";
import type { FunctionAssociation } from "../../distribution/edge-functions.ts";
import type { RecordedInvocation, RecordedRun } from "../function-runner.ts";
import type { EndedInvocation, InvocationEnd } from "../pool/invocation-outcome.ts";

const nothing: readonly string[] = [];

/** Returns what is kept of an invocation at the edge. */
export function describeRun(
  association: FunctionAssociation,
  ended: EndedInvocation,
  warnings: readonly ResultWarning[],
): RecordedRun {
  return {
    ...describeInvocation(ended),
    eventType: association.eventType,
    association,
    warnings:
      warnings.length === 0
        ? nothing
        : warnings.map(({ factId, message }) => `${factId}: ${message}`),
  };
}

/** Returns what is kept of an invocation. */
export function describeInvocation({ lambda, event, end }: EndedInvocation): RecordedInvocation {
  const resultJson = resultOf(end);
  const lines = linesOf(end);
  const memberResults = (end.kind === "responded" && end.response.memberResults) || nothing;
  return {
    lambda,
    lambdaRequestId: end.requestId,
    durationMs: end.kind === "responded" ? end.response.durationMs : 0,
    initDurationMs: end.kind === "responded" ? end.initDurationMs : undefined,
    maxMemoryUsedMb:
      end.kind === "responded" ? Math.min(end.response.memoryMb, lambda.memoryMb) : 0,
    event,
    resultJson,
    lines: lines.length === 0 ? nothing : lines,
    memberResults,
    endedBy: endOf(end),
    isTimeout: isTimeout(end),
    characters:
      event.length + (resultJson?.length ?? 0) + charactersOf([...lines, ...memberResults]),
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
