/** A result that CloudFront refuses: the viewer gets a 502 (LE-C-17). */
export interface ResultViolation {
  readonly kind: "violation";
  /** The conformance fact that decided, as in `LE-C-04`. */
  readonly factId: string;
  /** The sentence on CloudFront's error page. */
  readonly viewerText: string;
  /** What in the result is wrong, as in `headers.host`. */
  readonly subject: string;
  /** One line for the developer: subject, problem, value, remedy. */
  readonly detail: string;
  /** What CloudFront's own log says, in its words where those were captured (LE-F-20). */
  readonly logText: string;
}

/** Something in a result that is legal but does not do what its author may think. */
export interface ResultWarning {
  /** The conformance fact behind it, as in `LE-B-05`. */
  readonly factId: string;
  readonly message: string;
}

const MAX_QUOTED_CHARACTERS = 100;

/** Returns a value as JSON on one line, shortened where it is long. */
export function quoteValue(value: unknown): string {
  const text = toJson(value);
  return text.length <= MAX_QUOTED_CHARACTERS ? text : `${text.slice(0, MAX_QUOTED_CHARACTERS)}…`;
}

function toJson(value: unknown): string {
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return "a value nested too deeply";
  }
}

/**
 * Returns a violation; `detail` starts with the subject.
 *
 * @param logText CloudFront's own words for it, as far as they were captured
 */
export function violation(
  factId: string,
  viewerText: string,
  subject: string,
  problem: string,
  logText = `${subject} ${problem}`,
): ResultViolation {
  return {
    kind: "violation",
    factId,
    viewerText,
    subject,
    detail: `${subject} ${problem}`,
    logText: `Lambda function result failed validation, ${logText}`,
  };
}

/** Says whether a value is a JSON object (neither null nor an array). */
export function isJsonObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
