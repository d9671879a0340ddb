import { functionName } from "../distribution/function-name.ts";
import { associatedFunctions } from "./associated-functions.ts";
import type { CommandLog } from "./command-log.ts";

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
    request(trace) {
      write({
        event: "request",
        requestId: trace.requestId,
        method: trace.method,
        uri: trace.uri,
        querystring: trace.querystring,
        status: trace.status,
        xCache: `${trace.resultType} from cloudfront`,
        detailedResultType: trace.detailedResultType,
        durationMs: trace.durationMs,
        steps: trace.steps.map(({ step }) => step),
        functions: trace.steps.flatMap((step) =>
          "run" in step
            ? [
                {
                  eventType: step.run.eventType,
                  name: functionName(step.run.association.edgeFunction),
                  outcome: step.outcome,
                  durationMs: step.run.durationMs,
                  coldStart: step.run.initDurationMs !== undefined,
                  uriChange: step.uriChange,
                  failure: step.failure,
                  warnings: step.run.warnings,
                  logGroupName: step.run.logGroupName,
                  logLines: step.run.logLines,
                },
              ]
            : [],
        ),
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
    cleared: () => write({ event: "cleared" }),
    reloadFailed: (message) => write({ event: "reload-failed", message }),
  };
}
