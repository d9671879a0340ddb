/** What Lambda's START, END and REPORT lines say of an invocation. */
export interface InvocationReport {
  readonly requestId: string;
  readonly functionVersion: string;
  readonly durationMs: number;
  readonly initDurationMs: number | undefined;
  readonly memoryMb: number;
  readonly maxMemoryUsedMb: number;
  readonly isTimeout: boolean;
  /** What ended the execution environment; undefined where it lives on. */
  readonly endedBy: string | undefined;
}

/**
 * Returns the lines of one invocation as they stand in its log stream.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-logging.html
 */
export function invocationLog(report: InvocationReport, lines: readonly string[]): string[] {
  const { requestId, endedBy } = report;
  const fault = endedBy === undefined ? [] : [`RequestId: ${requestId} Error: ${endedBy}`];
  return [
    `START RequestId: ${requestId} Version: ${report.functionVersion}`,
    ...lines,
    ...fault,
    `END RequestId: ${requestId}`,
    reportLine(report),
  ];
}

function reportLine(report: InvocationReport): string {
  const parts = [
    `REPORT RequestId: ${report.requestId}`,
    `Duration: ${report.durationMs.toFixed(2)} ms`,
    `Billed Duration: ${Math.ceil(report.durationMs)} ms`,
    `Memory Size: ${report.memoryMb} MB`,
    `Max Memory Used: ${report.maxMemoryUsedMb} MB`,
  ];
  if (report.initDurationMs !== undefined) {
    parts.push(`Init Duration: ${report.initDurationMs.toFixed(2)} ms`);
  }
  if (report.endedBy !== undefined) {
    parts.push(`Status: ${report.isTimeout ? "timeout" : "error"}`);
  }
  return `${parts.join("\t")}\t`;
}
