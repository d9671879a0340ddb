import type {
  CloudFrontFunctionResponse,
  CloudFrontFunctionValues,
  CloudFrontFunctionViewerResponseEvent,
} from "cf-types";

/** The options as they are in the code of a CloudFront Function: what they decide is decided at synth. */
export interface InlineMyFunction {
  readonly headers: { readonly [name: string]: CloudFrontFunctionValues };
}

/** Returns the handler of the CloudFront Function: each response gets the headers. */
export function createCloudFrontMyFunction(
  options: InlineMyFunction,
): (event: CloudFrontFunctionViewerResponseEvent) => CloudFrontFunctionResponse {
  return (event) => {
    const response = event.response;
    Object.assign(response.headers, options.headers);
    return response;
  };
}
