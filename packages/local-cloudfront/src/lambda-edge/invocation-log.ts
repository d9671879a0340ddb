/** What Lambda's START, END and REPORT lines say of an invocation. */
export interface InvocationReport {
  readonly requestId: string;
  readonly functionVersion: string;
  readonly durationMs: number;
  readonly initDurationMs: number | undefined;
  readonly memoryMb: number;
  readonly maxMemoryUsedMb: number;
  /** `timeout` or `error` where the environment ended; undefined where an answer came. */
  readonly status: "timeout" | "error" | undefined;
  /** Undefined where no code of the function's own ended it. */
  readonly faultLine: string | undefined;
}

/**
 * Returns the lines of one invocation as they stand in its log stream.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-logging.html
 */
export function invocationLog(report: InvocationReport, lines: readonly string[]): string[] {
  const { requestId } = report;
  const fault = report.faultLine === undefined ? [] : [report.faultLine];
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
  if (report.status !== undefined) {
    parts.push(`Status: ${report.status}`);
  }
  return `${parts.join("\t")}\t`;
}
