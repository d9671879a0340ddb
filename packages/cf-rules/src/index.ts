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
  isDeniedOriginCustomHeader,
  isDisallowedHeader,
  isReadOnlyHeader,
  readOnlyHeaders,
} from "./header-rules.ts";
export { lambdaEdgeQuotas } from "./quotas.ts";
export type { BytesByEvent, FunctionQuotas, LambdaEdgeQuotas } from "./quotas.ts";
export type { AcceptedBody } from "./result-body.ts";
export { canonicalHeaderName } from "./result-headers.ts";
export type { AcceptedRequest } from "./result-request.ts";
export type { AcceptedResponse } from "./result-response.ts";
export type { ResultViolation, ResultWarning } from "./result-violation.ts";
export { viewerText } from "./viewer-text.ts";
