import type { FunctionFailureResultType } from "../lambda-edge/function-runner.ts";

/**
 * How CloudFront classifies an answer: the `X-Cache` header without ` from cloudfront`
 * (CF-G-36, CF-G-37).
 */
export type ResultType =
  | "Hit"
  | "RefreshHit"
  | "Miss"
  | "Error"
  | "Redirect"
  | "LambdaGeneratedResponse"
  | FunctionFailureResultType;
