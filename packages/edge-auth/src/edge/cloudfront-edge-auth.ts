import type {
  CloudFrontFunctionViewerRequestEvent,
  CloudFrontFunctionViewerRequestResult,
} from "cf-types";
import { createCloudFrontAuth, type InlineEdgeAuth } from "./cloudfront-auth.ts";
import { tokenWay } from "./decide-token.ts";

export type { InlineEdgeAuth };

/** Returns the handler of `createEdgeAuth` for CloudFront Functions: the same decision. */
export function createCloudFrontEdgeAuth(
  ready: InlineEdgeAuth,
): (event: CloudFrontFunctionViewerRequestEvent) => CloudFrontFunctionViewerRequestResult {
  return createCloudFrontAuth(ready, tokenWay);
}
