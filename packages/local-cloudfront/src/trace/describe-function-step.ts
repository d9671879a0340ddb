import { functionName, functionVersion } from "../distribution/function-name.ts";
import { uriChangeOf, warningsOf } from "../edge-location/function-step-facts.ts";
import type { FunctionStepRecord } from "../edge-location/journey-record.ts";
import { logGroupName } from "../lambda-edge/function-identity.ts";
import { eventJson } from "../lambda-edge/invocation-event.ts";
import { invocationLog, outputLines } from "../lambda-edge/invocation-log.ts";
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
  const consoleLines = once(() => outputLines(record.run));
  const event = once(() => masking.json(eventJson(record.run.event)) as TracedEvent);
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
function describeRun(record: FunctionStepRecord): FunctionRun {
  const { run } = record;
  const { eventType, association, lambdaRequestId, maxMemoryUsedMb } = run;
  const logLines = once(() => invocationLog(run));
  return {
    eventType,
    association,
    logGroupName: logGroupName(association.edgeFunction),
    lambdaRequestId,
    durationMs: run.durationMs,
    initDurationMs: run.initDurationMs,
    maxMemoryUsedMb,
    get logLines() {
      return logLines();
    },
    warnings: warningsOf(record),
  };
}
