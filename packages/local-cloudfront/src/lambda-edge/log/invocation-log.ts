import type { RecordedInvocation } from "../function-runner.ts";

/**
 * Returns the lines of one invocation as they stand in its log stream.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-logging.html
 */
export function invocationLog(run: RecordedInvocation): string[] {
  return [
    `START RequestId: ${run.lambdaRequestId} Version: ${run.lambda.version}`,
    ...outputLines(run),
    `END RequestId: ${run.lambdaRequestId}`,
    reportLine(run),
  ];
}

/** Returns what the function wrote, and what ended it, without Lambda's own lines around it. */
export function outputLines({
  lambdaRequestId,
  lines,
  endedBy,
}: RecordedInvocation): readonly string[] {
  return endedBy === undefined
    ? lines
    : [...lines, `RequestId: ${lambdaRequestId} Error: ${endedBy}`];
}

function reportLine(run: RecordedInvocation): string {
  const parts = [
    `REPORT RequestId: ${run.lambdaRequestId}`,
    `Duration: ${run.durationMs.toFixed(2)} ms`,
    `Billed Duration: ${Math.ceil(run.durationMs)} ms`,
    `Memory Size: ${run.lambda.memoryMb} MB`,
    `Max Memory Used: ${run.maxMemoryUsedMb} MB`,
  ];
  if (run.initDurationMs !== undefined) {
    parts.push(`Init Duration: ${run.initDurationMs.toFixed(2)} ms`);
  }
  if (run.endedBy !== undefined) {
    parts.push(`Status: ${run.isTimeout ? "timeout" : "error"}`);
  }
  return `${parts.join("\t")}\t`;
}
