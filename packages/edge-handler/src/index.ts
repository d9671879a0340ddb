export { cloudFrontFunctionHeaders } from "./cloudfront-function-headers.ts";
export {
  type CloudFrontFunctionReadRequest,
  cloudFrontFunctionReader,
} from "./cloudfront-function-reader.ts";
export { type LambdaEdgeRequest, lambdaEdgeReader } from "./lambda-edge-reader.ts";
export type { RequestReader } from "./request-reader.ts";
