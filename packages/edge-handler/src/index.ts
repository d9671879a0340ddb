export { asksForPage, type PageAsked } from "./asks-for-page.ts";
export { cloudFrontFunctionHeaders } from "./cloudfront-function-headers.ts";
export {
  type CloudFrontFunctionReadRequest,
  cloudFrontFunctionReader,
} from "./cloudfront-function-reader.ts";
export { encodeText } from "./encode-text.ts";
export { type LambdaEdgeRequest, lambdaEdgeReader } from "./lambda-edge-reader.ts";
export { normalisePath, normaliseText, oddPath } from "./normalise-path.ts";
export { pairName, pairValue } from "./pair-value.ts";
export type { RequestReader } from "./request-reader.ts";
