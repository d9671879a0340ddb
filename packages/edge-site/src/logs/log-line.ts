/** A line that a function wrote, or what Lambda says of one that failed. */
export interface LogLine {
  /** As CloudWatch names it: no other line has it. */
  readonly eventId: string;
  /** Milliseconds since 1970. */
  readonly timeMs: number;
  /** Where it ran. */
  readonly region: string;
  /** The packages of the function, as in `spa-rewrite + locale`. */
  readonly functionName: string;
  readonly level: "ERROR" | "WARN" | "INFO";
  readonly requestId: string | undefined;
  readonly text: string;
  /** Lines of a stack, innermost first; empty where there is none. */
  readonly stack: readonly string[];
}

/** What a message of CloudWatch Logs says. */
export type LogMessage = Pick<LogLine, "level" | "requestId" | "text" | "stack">;

type Fields = Readonly<Record<string, unknown>>;

/**
 * Reads a message of a function on Lambda@Edge whose log format is JSON; undefined for a line that says only that it ran.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-logformat.html
 */
export function readLambdaMessage(message: string): LogMessage | undefined {
  const fields = fieldsOf(message);
  if (fields === undefined) {
    return { level: "INFO", requestId: undefined, text: message.trimEnd(), stack: [] };
  }
  const type = textOf(fields["type"]);
  if (type !== undefined) return readPlatformMessage(type, objectOf(fields["record"]));
  const { level, requestId, message: content } = fields;
  const said = { level: levelOf(level), requestId: textOf(requestId) };
  const { errorType, errorMessage, stackTrace } = objectOf(content);
  if (errorType !== undefined || errorMessage !== undefined) {
    const lines = Array.isArray(stackTrace) ? stackTrace.map(String) : [];
    return {
      ...said,
      text: `${String(errorType)}: ${String(errorMessage)}`,
      stack: stackOf(lines),
    };
  }
  return { ...said, text: textOf(content) ?? JSON.stringify(content), stack: [] };
}

/** An invocation that did not succeed: a time-out and a lack of memory leave no other line. */
function readPlatformMessage(type: string, record: Fields): LogMessage | undefined {
  const status = textOf(record["status"]);
  if (type !== "platform.report" || status === undefined || status === "success") return undefined;
  const { durationMs, maxMemoryUsedMB, memorySizeMB } = objectOf(record["metrics"]);
  const text = `${status} after ${String(durationMs)} ms, with ${String(maxMemoryUsedMB)} of ${String(memorySizeMB)} MB${record["errorType"] === undefined ? "" : `: ${String(record["errorType"])}`}`;
  return { level: "ERROR", requestId: textOf(record["requestId"]), text, stack: [] };
}

/**
 * Reads a message of a CloudFront Function: the request's id and what was logged; undefined for a line that says only that
 * it ran.
 */
export function readCloudFrontMessage(message: string): LogMessage | undefined {
  const [, requestId, text = ""] = /^(\S+) ([^]*)$/.exec(message.trimEnd()) ?? [];
  if (requestId === undefined || /^(?:START\b|END$)/.test(text)) return undefined;
  const level = /^(?:\w*Error\b|The CloudFront function)/.test(text) ? "ERROR" : "INFO";
  return { level, requestId, text, stack: [] };
}

/** A line of the log in which CloudFront writes what it makes of a function's responses. */
export interface ValidationMessage {
  readonly requestId: string;
  /** Of the function that it invokes for the request; undefined where the line is of something else. */
  readonly invokedName: string | undefined;
  /** Why a response is not valid; undefined where it is no error. */
  readonly error: LogMessage | undefined;
}

/** Reads what CloudFront has written on a function on Lambda@Edge (LE-F-20). */
export function readValidationMessage(message: string): ValidationMessage | undefined {
  const [, requestId, level, text = ""] =
    /^\(([^)]+)\) (\w+) ([^]*)$/.exec(message.trimEnd()) ?? [];
  if (requestId === undefined) return undefined;
  const [, invokedName] =
    /LambdaFunctionARN: \S*:function:(?:us-east-1\.)?([\w-]+)/.exec(text) ?? [];
  const error = { level: "ERROR" as const, requestId, text, stack: [] };
  return { requestId, invokedName, error: level === "ERROR" ? error : undefined };
}

function fieldsOf(message: string): Fields | undefined {
  try {
    const value: unknown = JSON.parse(message);
    return typeof value === "object" && value !== null ? (value as Fields) : undefined;
  } catch {
    return undefined;
  }
}

function objectOf(value: unknown): Fields {
  return typeof value === "object" && value !== null ? (value as Fields) : {};
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function levelOf(level: unknown): LogLine["level"] {
  if (level === "ERROR" || level === "FATAL") return "ERROR";
  return level === "WARN" ? "WARN" : "INFO";
}

/** The first line of a stack repeats the message. */
function stackOf(lines: readonly string[]): readonly string[] {
  return lines.map((line) => line.trim()).filter((line) => line.startsWith("at "));
}
