import type { RecordedCloudFrontFunctionRun } from "../cloudfront-function/function-run.ts";
import {
  cloudFrontFunctionLog,
  cloudFrontLogGroup,
} from "../cloudfront-function/invocation-log.ts";
import { invocationLog, outputLines } from "../lambda-edge/log/invocation-log.ts";
import type { RecordedRun } from "../lambda-edge/function-runner.ts";
import { logGroupName } from "../lambda-edge/thread/function-identity.ts";

type Run = RecordedRun | RecordedCloudFrontFunctionRun;

/** Whether a run is that of a CloudFront Function. */
export function isCloudFrontFunctionRun(run: Run): run is RecordedCloudFrontFunctionRun {
  return "kind" in run;
}

/** Returns what a function wrote, and what ended it, without AWS's own lines around it. */
export function consoleLinesOf(run: Run): readonly string[] {
  return isCloudFrontFunctionRun(run) ? run.lines : outputLines(run);
}

/** Returns the lines of one invocation as they stand in its log stream. */
export function logLinesOf(run: Run): readonly string[] {
  return isCloudFrontFunctionRun(run) ? cloudFrontFunctionLog(run) : invocationLog(run);
}

/** Returns the log group of a function. */
export function logGroupOf(run: Run): string {
  return isCloudFrontFunctionRun(run)
    ? cloudFrontLogGroup(run.association.edgeFunction)
    : logGroupName(run.association.edgeFunction);
}

/** Returns what a function adds to the access log; undefined where it adds nothing. */
export function customLogDataOf(run: Run): string | undefined {
  return isCloudFrontFunctionRun(run) ? run.customLogData : undefined;
}

/** Returns one line for each read of a key value store. */
export function keyValueReadsOf(run: Run): readonly string[] {
  if (!isCloudFrontFunctionRun(run)) return [];
  return run.keyValueStoreReads.map(({ store, method, key, found }) =>
    key === undefined
      ? `${store}.${method}()`
      : `${store}.${method}(${JSON.stringify(key)}): ${found ? "found" : "not found"}`,
  );
}
