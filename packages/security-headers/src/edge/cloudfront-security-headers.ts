import type {
  CloudFrontFunctionResponse,
  CloudFrontFunctionValues,
  CloudFrontFunctionViewerResponseEvent,
} from "cf-types";
import { changedHeaders, decide, type HeaderReader } from "./decide.ts";
import type { ReadySecurityHeaders } from "./header-rules.ts";

/** The options as they are in the code of a CloudFront Function. */
export type InlineSecurityHeaders = ReadySecurityHeaders<CloudFrontFunctionValues, string>;

/** Names are one text, each between spaces: the engine would make an object anew for each response. */
const valueReader: HeaderReader<CloudFrontFunctionValues, string> = {
  valueOf: (header) => header.value,
  hasName: (names, name) => names.includes(` ${name} `),
};

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
    response.headers = changedHeaders(response.headers, decision, valueReader);
    return response;
  };
}
