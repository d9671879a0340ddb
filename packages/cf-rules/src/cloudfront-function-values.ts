import { isJsonObject, quoteValue } from "./result-violation.ts";
import { cloudFrontFunctionText } from "./viewer-text.ts";

/** A result of a CloudFront Function that CloudFront refuses: the viewer gets a 502 (FN-I-22, FN-I-24). */
export interface CloudFrontFunctionViolation {
  readonly kind: "violation";
  /** The conformance fact that decided, as in `FN-I-07`. */
  readonly factId: string;
  /** The sentence on CloudFront's error page. */
  readonly viewerText: string;
  /** What in the result is wrong, as in `response.headers`. */
  readonly subject: string;
  /** One line for the developer: subject, problem, value, remedy. */
  readonly detail: string;
}

/** Returns a violation; `detail` starts with the subject. */
export function invalidValue(
  factId: string,
  subject: string,
  problem: string,
): CloudFrontFunctionViolation {
  const [sentence = ""] = problem.split(":");
  return {
    kind: "violation",
    factId,
    viewerText: `${cloudFrontFunctionText.invalidValue}${subject} ${sentence}.`,
    subject,
    detail: `${subject} ${problem}`,
  };
}

/** Checks headers, cookies or query parameters: objects with a `value`, by name (FN-I-04). */
export function checkValues(
  subject: string,
  returned: unknown,
): CloudFrontFunctionViolation | undefined {
  if (returned === undefined) return undefined;
  const form = 'Write { "name": { "value": "…" } }.';
  if (!isJsonObject(returned)) {
    return invalidValue(
      "FN-I-04",
      subject,
      `must be an object: got ${quoteValue(returned)}. ${form}`,
    );
  }
  for (const [name, values] of Object.entries(returned)) {
    const at = `${subject}.${name}`;
    if (!isJsonObject(values)) {
      return invalidValue("FN-I-04", at, `must be an object: got ${quoteValue(values)}. ${form}`);
    }
    const { multiValue = [] } = values;
    if (!Array.isArray(multiValue)) {
      return invalidValue(
        "FN-I-06",
        `${at}.multiValue`,
        `must be an array: got ${quoteValue(multiValue)}. Write [{ "value": "…" }].`,
      );
    }
    const each: readonly unknown[] = multiValue.length > 0 ? multiValue : [values];
    const wrong = each.find((one) => !isJsonObject(one) || typeof one["value"] !== "string");
    if (wrong !== undefined) {
      return invalidValue(
        "FN-I-04",
        at,
        `must have a value that is a string: got ${quoteValue(wrong)}. ${form}`,
      );
    }
    const control = each.find((one) => hasControlCharacter(one));
    if (control !== undefined) {
      return invalidValue(
        "FN-I-04",
        at,
        `has a control character in its value: got ${quoteValue(control)}. Remove it.`,
      );
    }
  }
  return undefined;
}

// oxlint-disable-next-line no-control-regex -- they are what is looked for
const controlCharacter = /[\u0000-\u0008\u000a-\u001f\u007f]/;

function hasControlCharacter(one: unknown): boolean {
  return (
    isJsonObject(one) &&
    [one["value"], one["attributes"]].some(
      (text) => typeof text === "string" && controlCharacter.test(text),
    )
  );
}

/** Checks status and reason phrase (FN-I-11). */
export function checkStatus({
  statusCode,
  statusDescription,
}: Readonly<Record<string, unknown>>): CloudFrontFunctionViolation | undefined {
  const isStatus =
    typeof statusCode === "number" &&
    Number.isInteger(statusCode) &&
    statusCode >= 200 &&
    statusCode <= 599;
  if (!isStatus) {
    return invalidValue(
      "FN-I-11",
      "response.statusCode",
      `must be an integer from 200 to 599: got ${quoteValue(statusCode)}. Write it as a number, as in 302.`,
    );
  }
  if (statusDescription === undefined || typeof statusDescription === "string") return undefined;
  return invalidValue(
    "FN-I-11",
    "response.statusDescription",
    `must be a string: got ${quoteValue(statusDescription)}. Leave it out, or write text.`,
  );
}

/** Checks the body of a response: text, or an object with its encoding (FN-I-11). */
export function checkBody(body: unknown): CloudFrontFunctionViolation | undefined {
  if (body === undefined || typeof body === "string") return undefined;
  const encoding = isJsonObject(body) ? (body["encoding"] ?? "text") : undefined;
  const isBody =
    isJsonObject(body) &&
    typeof body["data"] === "string" &&
    (encoding === "text" || encoding === "base64");
  return isBody
    ? undefined
    : invalidValue(
        "FN-I-11",
        "response.body",
        `must be a string or an object with encoding and data: got ${quoteValue(body)}. Write { "encoding": "text", "data": "…" }.`,
      );
}
