import type {
  CloudFrontFunctionResponse,
  CloudFrontFunctionValues,
  CloudFrontFunctionViewerResponseEvent,
} from "cf-types";
import { changedHeaders, decide } from "./decide.ts";
import type { ReadySecurityHeaders } from "./header-rules.ts";

/** The options as they stand in the code of a CloudFront Function. */
export type InlineSecurityHeaders = ReadySecurityHeaders<CloudFrontFunctionValues>;

/** Returns the handler of `createSecurityHeaders` for CloudFront Functions: the same decision. */
export function createCloudFrontSecurityHeaders(
  options: InlineSecurityHeaders,
): (event: CloudFrontFunctionViewerResponseEvent) => CloudFrontFunctionResponse {
  return (event) => {
    const response = event.response;
    const type = response.headers["content-type"];
    const decision = decide(options, {
      uri: event.request.uri,
      contentType: type && type.value,
      isNotModified: response.statusCode === 304,
    });
    response.headers = changedHeaders(response.headers, decision.changes, (header) => header.value);
    return response;
  };
}
