import {
  isCloudFrontFunction,
  type AnyEdgeFunction,
} from "../distribution/cloudfront-functions.ts";
import { functionName, functionVersion } from "../distribution/function-name.ts";
import {
  uriChangeOf,
  warningsOf,
  type FunctionStepRecord,
} from "../edge-location/request-record.ts";
import {
  consoleLinesOf,
  customLogDataOf,
  isCloudFrontFunctionRun,
  keyValueReadsOf,
  logGroupOf,
  logLinesOf,
} from "../edge-location/function-log.ts";
import { changesOf } from "./changes-of.ts";
import { describeMembers } from "./describe-members.ts";
import type { Masking } from "./masking.ts";
import type { FunctionStep, TracedEvent, TracedFunction } from "./trace.ts";

/** Describes one invocation. */
export function describeFunctionStep(record: FunctionStepRecord, masking: Masking): FunctionStep {
  const { step, outcome, failure, run } = record;
  return {
    step,
    function: describeFunction(run.association.edgeFunction),
    run: describeRun(record),
    coldStart: run.initDurationMs !== undefined,
    consoleLines: consoleLinesOf(run),
    outcome,
    failure,
    keyValueStoreReads: keyValueReadsOf(run),
    customLogData: customLogDataOf(run),
    uriChange: uriChangeOf(record),
    event: masking.json(run.event) as TracedEvent,
    result: run.resultJson === undefined ? undefined : masking.json(run.resultJson),
    changes: changesOf(record, masking),
    members: describeMembers(record, masking),
  };
}

function describeFunction(edgeFunction: AnyEdgeFunction): TracedFunction {
  const isCloudFront = isCloudFrontFunction(edgeFunction);
  return {
    kind: isCloudFront ? "cloudfront-function" : "lambda-edge",
    name: functionName(edgeFunction),
    version: functionVersion(edgeFunction),
    runtime: edgeFunction.runtime,
    lambdaName: isCloudFront ? undefined : edgeFunction.name,
    lambdaVersion: isCloudFront ? undefined : edgeFunction.version,
  };
}

/** The run without the texts of event and result, which are not masked. */
function describeRun(record: FunctionStepRecord): FunctionStep["run"] {
  const { run } = record;
  const { durationMs } = run;
  const common = {
    logGroupName: logGroupOf(run),
    durationMs,
    logLines: logLinesOf(run),
    warnings: warningsOf(record),
  };
  if (isCloudFrontFunctionRun(run)) {
    const { eventType, association, initDurationMs } = run;
    return {
      ...common,
      eventType,
      association,
      initDurationMs,
      lambdaRequestId: undefined,
      maxMemoryUsedMb: undefined,
    };
  }
  const { eventType, association, lambdaRequestId, initDurationMs, maxMemoryUsedMb } = run;
  return { ...common, eventType, association, lambdaRequestId, initDurationMs, maxMemoryUsedMb };
}
