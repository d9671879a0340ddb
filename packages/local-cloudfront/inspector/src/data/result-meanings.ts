import type { ResultType } from "../../../src/edge-location/result-type.ts";

/** What each result type means. `X-Cache`, the access log and this page call it by the same name. */
export const resultMeanings: Readonly<Record<ResultType, string>> = {
  Hit: "The cache had a fresh object.",
  RefreshHit: "The cached object had expired, and the origin says that it has not changed.",
  Miss: "The response comes from the origin.",
  Error: "CloudFront, the origin or the request is at fault.",
  Redirect: "CloudFront redirects to HTTPS.",
  LambdaGeneratedResponse: "A Lambda@Edge function generated the response.",
  LambdaExecutionError: "A Lambda@Edge function failed.",
  LambdaLimitExceeded: "Lambda throttled the function.",
  LambdaValidationError: "CloudFront refuses what a Lambda@Edge function returned.",
  FunctionGeneratedResponse: "A CloudFront Function generated the response.",
  FunctionExecutionError: "A CloudFront Function failed.",
  FunctionThrottledError: "A CloudFront Function took too much time, repeatedly.",
  FunctionValidationError: "CloudFront refuses what a CloudFront Function returned.",
};
