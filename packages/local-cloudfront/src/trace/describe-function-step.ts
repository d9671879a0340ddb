import { textOfBytes } from "../distribution/byte-string.ts";
import { functionName, functionVersion } from "../distribution/function-name.ts";
import type { FunctionStepRecord } from "../edge-location/journey-record.ts";
import type { FunctionRun } from "../lambda-edge/function-runner.ts";
import { changesOf } from "./changes-of.ts";
import type { Masking } from "./masking.ts";
import { once } from "./once.ts";
import type { FunctionStep, TracedEvent } from "./trace.ts";

/** Describes one invocation; what takes time is worked out when it is first read. */
export function describeFunctionStep(record: FunctionStepRecord, masking: Masking): FunctionStep {
  const { step, outcome, failure } = record;
  const { edgeFunction } = record.run.association;
  const run = describeRun(record);
  const consoleLines = once(() =>
    record.run.hasOutput ? run.logLines.filter((line) => !isOfLambda(line)) : [],
  );
  const event = once(() => masking.json(record.run.eventJson) as TracedEvent);
  const { resultJson } = record.run;
  const result = once(() => (resultJson === undefined ? undefined : masking.json(resultJson)));
  const changes = once(() => changesOf(record, masking));
  return {
    step,
    function: {
      name: functionName(edgeFunction),
      version: functionVersion(edgeFunction),
      lambdaName: edgeFunction.name,
      lambdaVersion: edgeFunction.version,
    },
    run,
    coldStart: run.initDurationMs !== undefined,
    get consoleLines() {
      return consoleLines();
    },
    outcome,
    failure,
    uriChange: uriChangeOf(record),
    get event() {
      return event();
    },
    get result() {
      return result();
    },
    get changes() {
      return changes();
    },
  };
}

/** The run without the texts of event and result, which are not masked. */
function describeRun({ run, warning }: FunctionStepRecord): FunctionRun {
  const { eventType, association, logGroupName, lambdaRequestId, maxMemoryUsedMb } = run;
  const logLines = once(() => run.logLines);
  return {
    eventType,
    association,
    logGroupName,
    lambdaRequestId,
    durationMs: run.durationMs,
    initDurationMs: run.initDurationMs,
    maxMemoryUsedMb,
    get logLines() {
      return logLines();
    },
    warnings: warning === undefined ? run.warnings : [...run.warnings, warning],
  };
}

function isOfLambda(line: string): boolean {
  return /^(?:START|END|REPORT) RequestId: /.test(line);
}

function uriChangeOf({ before, after }: FunctionStepRecord): FunctionStep["uriChange"] {
  if (before.kind !== "request" || after?.kind !== "request" || before.uri === after.uri) {
    return undefined;
  }
  return { before: textOfBytes(before.uri), after: textOfBytes(after.uri) };
}
