export { checkCloudFrontFunctionResult } from "./check-cloudfront-function-result.ts";
export type {
  CloudFrontFunctionResultCheck,
  CloudFrontFunctionResultScope,
} from "./check-cloudfront-function-result.ts";
export { checkRequestOrigin, originRewrite } from "./check-request-origin.ts";
export type { RequestOriginScope } from "./check-request-origin.ts";
export type { CloudFrontFunctionViolation } from "./cloudfront-function-values.ts";
export {
  checkOriginRequestResult,
  checkOriginResponseResult,
  checkViewerRequestResult,
  checkViewerResponseResult,
  readResult,
} from "./check-result.ts";
export type { ReadResult, RequestResultCheck, ResponseResultCheck } from "./check-result.ts";
export {
  headersForbiddenToAdd,
  isCloudFrontFunctionReadOnlyHeader,
  isDeniedOriginCustomHeader,
  isDisallowedHeader,
  isReadOnlyHeader,
  isRemovableByPolicy,
  readOnlyHeaders,
} from "./header-rules.ts";
export { managedCachePolicy, managedOriginRequestPolicy } from "./managed-policies.ts";
export type {
  ManagedCachePolicy,
  ManagedOriginRequestPolicy,
  ManagedSelection,
} from "./managed-policies.ts";
export type { Bounds } from "./origin-settings.ts";
export { isOriginPort, originPorts, originSettings } from "./origin-settings.ts";
export { policyHas } from "./policy-has.ts";
export { pathPatternSource } from "./path-pattern-source.ts";
export { eventTypes } from "./event-types.ts";
export { cloudFrontFunctionQuotas } from "./cloudfront-function-quotas.ts";
export type {
  CloudFrontFunctionQuotas,
  KeyValueStoreQuotas,
} from "./cloudfront-function-quotas.ts";
export { cloudFrontPrices } from "./cloudfront-prices.ts";
export type { CloudFrontPrices } from "./cloudfront-prices.ts";
export {
  cloudFrontFunctionInvocationCost,
  formatDollars,
  lambdaEdgeInvocationCost,
} from "./invocation-cost.ts";
export { cloudFrontQuotas } from "./cloudfront-quotas.ts";
export type { CloudFrontQuotas, CustomHeaderQuotas, PolicyQuotas } from "./cloudfront-quotas.ts";
export { lambdaEdgeQuotas } from "./quotas.ts";
export type { BytesByEvent, FunctionQuotas, LambdaEdgeQuotas } from "./quotas.ts";
export type { AcceptedBody } from "./result-body.ts";
export { canonicalHeaderName } from "./result-header-lines.ts";
export type { AcceptedRequest } from "./result-request.ts";
export type { AcceptedResponse } from "./result-response.ts";
export type { ResultViolation, ResultWarning } from "./result-violation.ts";
export { cloudFrontFunctionText, viewerText } from "./viewer-text.ts";
export type { AssociationFinding } from "./association-finding.ts";
export { checkAssociations } from "./check-associations.ts";
export type { AssociatedFunction, BehaviorAssociations } from "./check-associations.ts";
export { checkEdgeFunction } from "./check-edge-function.ts";
export type { EdgeFunctionRules } from "./check-edge-function.ts";
export type { EdgeFunctionConfiguration } from "./edge-function-configuration.ts";
export { confirmedRuntimes, lambdaEdgeRuntimes } from "./runtimes.ts";
export type { RuntimeDates } from "./runtimes.ts";
export { isPermitted } from "./lambda-permission.ts";
export type { LambdaPermission } from "./lambda-permission.ts";
export { trustedServices } from "./trusted-services.ts";
