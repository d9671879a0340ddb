import { textOfBytes } from "../http/byte-string.ts";
import { functionName } from "../distribution/function-name.ts";
import { originFunctionsOf } from "../distribution/lambda-endpoints.ts";
import { isFunctionStep, uriChangeOf, warningsOf } from "../edge-location/request-record.ts";
import type { FunctionStepRecord, RequestRecord } from "../edge-location/request-record.ts";
import {
  customLogDataOf,
  keyValueReadsOf,
  logGroupOf,
  logLinesOf,
} from "../edge-location/function-log.ts";
import type { OriginInvocation } from "../lambda-edge/function-runner.ts";
import { invocationLog } from "../lambda-edge/log/invocation-log.ts";
import { logGroupName } from "../lambda-edge/thread/function-identity.ts";
import { associatedFunctions } from "./associated-functions.ts";
import type { CommandLog } from "./command-log.ts";
import { problemOf } from "../edge-location/problem-of.ts";

/** A log for machines: one JSON object a line, the first of event `ready`. */
export function createJsonLog(writeLine: (line: string) => void): CommandLog {
  const write = (entry: Readonly<Record<string, unknown>>): void =>
    writeLine(JSON.stringify(entry));
  return {
    ready({ url, inspectorUrl, debuggerUrl, distribution, warnings }, assembly) {
      const { id, logicalId, domainName } = distribution;
      const functions = associatedFunctions(distribution);
      write({
        event: "ready",
        url,
        ...(inspectorUrl === undefined ? {} : { inspector: inspectorUrl }),
        ...(debuggerUrl === undefined ? {} : { debugger: debuggerUrl }),
        assembly,
        distribution: { id, logicalId, domainName },
        functions,
        originFunctions: originFunctionsOf(distribution).map(({ name, runtime }) => ({
          name,
          runtime,
        })),
      });
      for (const warning of warnings) write({ event: "warning", ...warning });
    },
    request: (record) => write(requestEntry(record)),
    violation: (violation) => write({ event: "policy-violation", ...violation }),
    invalidated: (paths, objects) => write({ event: "invalidated", paths, objects }),
    reloaded: ({ changedFunctions, keepsCache, reason }) =>
      write({
        event: "reloaded",
        functions: changedFunctions.map(({ edgeFunction, eventTypes }) => ({
          name: functionName(edgeFunction),
          eventTypes,
        })),
        cache: keepsCache ? "kept" : "dropped",
        reason,
      }),
    originsChanged: (files, objects) => write({ event: "origins-changed", files, objects }),
    signed: (url) => write({ event: "signed", url }),
    cleared: () => write({ event: "cleared" }),
    notice: (message) => write({ event: "notice", message }),
    reloadFailed: (message) => write({ event: "reload-failed", message }),
  };
}

function requestEntry(record: RequestRecord): Readonly<Record<string, unknown>> {
  const { request, response, resultType, detailedResultType, durationMs, steps } = record;
  return {
    event: "request",
    requestId: record.requestId,
    method: request.method,
    uri: textOfBytes(request.uri),
    querystring: textOfBytes(request.querystring),
    status: response.status,
    xCache: `${resultType} from cloudfront`,
    detailedResultType,
    durationMs,
    steps: steps.map(({ step }) => step),
    problems: steps.flatMap((step) => problemOf(step) ?? []),
    functions: steps.filter(isFunctionStep).map(functionEntry),
    originFunctions: steps.flatMap((step) =>
      step.step === "origin" && step.invocation !== undefined
        ? originFunctionEntry(step.invocation)
        : [],
    ),
  };
}

function originFunctionEntry({
  run,
  failure,
}: OriginInvocation): Readonly<Record<string, unknown>> {
  return {
    name: run.lambda.name,
    durationMs: run.durationMs,
    coldStart: run.initDurationMs !== undefined,
    failure: failure?.detail,
    logGroupName: logGroupName(run.lambda),
    logLines: invocationLog(run),
  };
}

function functionEntry(step: FunctionStepRecord): Readonly<Record<string, unknown>> {
  const { run, outcome, failure } = step;
  const { edgeFunction } = run.association;
  return {
    eventType: run.eventType,
    name: functionName(edgeFunction),
    outcome,
    durationMs: run.durationMs,
    coldStart: run.initDurationMs !== undefined,
    uriChange: uriChangeOf(step),
    failure,
    warnings: warningsOf(step),
    keyValueStoreReads: keyValueReadsOf(run),
    customLogData: customLogDataOf(run),
    logGroupName: logGroupOf(run),
    logLines: logLinesOf(run),
  };
}
