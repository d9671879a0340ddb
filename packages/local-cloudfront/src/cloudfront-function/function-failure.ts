import { cloudFrontFunctionText, type CloudFrontFunctionViolation } from "cf-rules";
import type { CloudFrontFunctionResource } from "../distribution/cloudfront-functions.ts";
import type { CloudFrontFunctionError } from "./cloudfront-function.ts";
import type { CloudFrontFunctionFailure } from "./function-run.ts";

/** A function that does not parse, throws, or takes too much (FN-I-23). */
export function executionFailure(
  { code }: CloudFrontFunctionResource,
  error: CloudFrontFunctionError,
): CloudFrontFunctionFailure {
  return {
    status: 503,
    resultType: "FunctionExecutionError",
    viewerText: cloudFrontFunctionText.execution,
    detail: describeError(error),
    factId: error.factId,
    stack: error.line === undefined ? undefined : codeFrame(code, error.line),
    validationLog: undefined,
  };
}

/** A result that CloudFront refuses (FN-I-22, FN-I-24). */
export function validationFailure({
  viewerText,
  detail,
  factId,
}: CloudFrontFunctionViolation): CloudFrontFunctionFailure {
  return {
    status: 502,
    resultType: "FunctionValidationError",
    viewerText,
    detail,
    factId,
    stack: undefined,
    validationLog: undefined,
  };
}

/** A function that took too much time again and again. */
export function throttledFailure(failure: CloudFrontFunctionFailure): CloudFrontFunctionFailure {
  return {
    ...failure,
    resultType: "FunctionThrottledError",
    viewerText: cloudFrontFunctionText.throttled,
    factId: "FN-I-51",
  };
}

/** Returns an error on one line, with its place and the remedy. */
export function describeError({ text, line, remedy }: CloudFrontFunctionError): string {
  const oneLine = text.replaceAll(/\s*\n\s*/g, " ").replace(/\.$/, "");
  const place = line === undefined ? "" : ` (line ${line})`;
  return `${oneLine}${place}.${remedy === undefined ? "" : ` ${remedy}`}`;
}

const linesAround = 2;

/** Returns the lines of code around one, which is marked. */
export function codeFrame(code: string, line: number): string {
  const lines = code.split(/\r\n|[\n\r]/);
  const first = Math.max(1, line - linesAround);
  const last = Math.min(lines.length, line + linesAround);
  const width = String(last).length;
  return lines
    .slice(first - 1, last)
    .map((text, index) => {
      const number = first + index;
      return `${number === line ? ">" : " "} ${String(number).padStart(width)} | ${text.slice(0, 160)}`;
    })
    .join("\n");
}
