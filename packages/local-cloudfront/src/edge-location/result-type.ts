import type { CloudFrontFunctionFailureResultType } from "../cloudfront-function/function-run.ts";
import type { FunctionFailureResultType } from "../lambda-edge/function-runner.ts";
import type { OriginFailureDetail } from "../origin/origin-client.ts";

/**
 * How CloudFront classifies a response: the `X-Cache` header without ` from cloudfront`
 * (CF-G-36, CF-G-37).
 */
export type ResultType =
  | "Hit"
  | "RefreshHit"
  | "Miss"
  | "Error"
  | "Redirect"
  | "LambdaGeneratedResponse"
  | FunctionFailureResultType
  | "FunctionGeneratedResponse"
  | CloudFrontFunctionFailureResultType;

/** Why CloudFront refused a viewer's request, in the words of its access log (CF-K-04). */
export type RefusalDetail =
  | "ClientGeoBlocked"
  | "ClientHungUpRequest"
  | "InvalidRequest"
  | "InvalidRequestHeader"
  | "InvalidRequestMethod";

/**
 * `x-edge-detailed-result-type`: the result type, or what made it an error (CF-K-04, CF-K-11).
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logs-reference.html
 */
export type DetailedResultType =
  | ResultType
  | "MissGeneratedResponse"
  | "ClientCommError"
  | RefusalDetail
  | OriginFailureDetail;
