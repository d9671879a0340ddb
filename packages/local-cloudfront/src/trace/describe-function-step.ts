import { functionName, functionVersion } from "../distribution/function-name.ts";
import {
  uriChangeOf,
  warningsOf,
  type FunctionStepRecord,
} from "../edge-location/request-record.ts";
import { logGroupName } from "../lambda-edge/thread/function-identity.ts";
import { invocationLog, outputLines } from "../lambda-edge/log/invocation-log.ts";
import type { FunctionRun } from "../lambda-edge/function-runner.ts";
import { changesOf } from "./changes-of.ts";
import type { Masking } from "./masking.ts";
import type { FunctionStep, TracedEvent } from "./trace.ts";

/** Describes one invocation. */
export function describeFunctionStep(record: FunctionStepRecord, masking: Masking): FunctionStep {
  const { step, outcome, failure, run } = record;
  const { edgeFunction } = run.association;
  return {
    step,
    function: {
      name: functionName(edgeFunction),
      version: functionVersion(edgeFunction),
      lambdaName: edgeFunction.name,
      lambdaVersion: edgeFunction.version,
    },
    run: describeRun(record),
    coldStart: run.initDurationMs !== undefined,
    consoleLines: outputLines(run),
    outcome,
    failure,
    uriChange: uriChangeOf(record),
    event: masking.json(run.event) as TracedEvent,
    result: run.resultJson === undefined ? undefined : masking.json(run.resultJson),
    changes: changesOf(record, masking),
  };
}

/** The run without the texts of event and result, which are not masked. */
function describeRun(record: FunctionStepRecord): FunctionRun {
  const { run } = record;
  const { eventType, association, lambdaRequestId, maxMemoryUsedMb } = run;
  return {
    eventType,
    association,
    logGroupName: logGroupName(association.edgeFunction),
    lambdaRequestId,
    durationMs: run.durationMs,
    initDurationMs: run.initDurationMs,
    maxMemoryUsedMb,
    logLines: invocationLog(run),
    warnings: warningsOf(record),
  };
}
