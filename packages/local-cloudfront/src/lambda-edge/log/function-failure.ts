import { viewerText } from "cf-rules";
import type { ResultViolation } from "cf-rules";
import type { InvocationFault } from "../thread/runtime-fault.ts";
import type { FunctionFailure } from "../function-runner.ts";
import type { ValidationLog } from "./validation-log.ts";
import type { FunctionError } from "../channel/thread-messages.ts";

/** A result that CloudFront refuses (LE-C-17, LE-C-18). */
export function validationFailure(
  found: ResultViolation,
  validationLog: ValidationLog,
): FunctionFailure {
  return {
    status: 502,
    resultType: "LambdaValidationError",
    viewerText: found.viewerText,
    detail: found.detail,
    factId: found.factId,
    stack: undefined,
    validationLog,
  };
}

/** A function that could not be run to its end (LE-C-19, LE-C-22, LE-E-24). */
export function executionFailure(
  error: FunctionError,
  fault: InvocationFault | "init",
): FunctionFailure {
  const message = error.message.replaceAll(/\s*\n\s*/g, " ");
  const prefix = fault === "init" ? "The function cannot start: " : "";
  return {
    status: 503,
    resultType: "LambdaExecutionError",
    viewerText: viewerText.execution,
    detail: `${prefix}${error.type}: ${message}.`.replace(/\.{2,}$/, "."),
    factId: fault === "timeout" ? "LE-E-24" : "LE-C-19",
    stack: error.stack,
    validationLog: undefined,
  };
}

/** More invocations at once than are allowed (LE-C-20, LE-C-21). */
export function throttledFailure(concurrency: number): FunctionFailure {
  return {
    status: 503,
    resultType: "LambdaLimitExceeded",
    viewerText: viewerText.throttled,
    detail: `Too many invocations at once: ${concurrency} are under way and no more are allowed.`,
    factId: "LE-C-20",
    stack: undefined,
    validationLog: undefined,
  };
}
