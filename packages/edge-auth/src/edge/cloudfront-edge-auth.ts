import type {
  CloudFrontFunctionViewerRequestEvent,
  CloudFrontFunctionViewerRequestResult,
} from "cf-types";
import { createCloudFrontAuth } from "./cloudfront-auth.ts";
import { tokenSupport } from "./decide-token.ts";
import type { ReadyEdgeAuth } from "./ready-edge-auth.ts";

/** The options as they are in the code of a CloudFront Function. */
export type InlineEdgeAuth = ReadyEdgeAuth;

/** Returns the handler of `createEdgeAuth` for CloudFront Functions: the same decision. */
export function createCloudFrontEdgeAuth(
  ready: InlineEdgeAuth,
): (event: CloudFrontFunctionViewerRequestEvent) => CloudFrontFunctionViewerRequestResult {
  return createCloudFrontAuth(ready, tokenSupport);
}
