import { textOfBytes } from "../http/byte-string.ts";
import { functionName } from "../distribution/function-name.ts";
import { isFunctionStep, uriChangeOf, warningsOf } from "../edge-location/request-record.ts";
import type { FunctionStepRecord } from "../edge-location/request-record.ts";
import { keyValueReadsOf, logGroupOf, logLinesOf } from "../edge-location/function-log.ts";
import { associatedFunctions } from "./associated-functions.ts";
import type { CommandLog } from "./command-log.ts";
import { problemOf } from "./problem-of.ts";

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
      });
      for (const warning of warnings) write({ event: "warning", ...warning });
    },
    request(record) {
      const { request } = record;
      write({
        event: "request",
        requestId: record.requestId,
        method: request.method,
        uri: textOfBytes(request.uri),
        querystring: textOfBytes(request.querystring),
        status: record.response.status,
        xCache: `${record.resultType} from cloudfront`,
        detailedResultType: record.detailedResultType,
        durationMs: record.durationMs,
        steps: record.steps.map(({ step }) => step),
        problems: record.steps.flatMap((step) => problemOf(step) ?? []),
        functions: record.steps.filter(isFunctionStep).map(functionEntry),
      });
    },
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
    reloadFailed: (message) => write({ event: "reload-failed", message }),
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
    logGroupName: logGroupOf(run),
    logLines: logLinesOf(run),
  };
}
