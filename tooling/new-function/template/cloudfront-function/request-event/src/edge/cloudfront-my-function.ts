import type {
  CloudFrontFunctionValues,
  CloudFrontFunctionViewerRequestEvent,
  CloudFrontFunctionViewerRequestResult,
} from "cf-types";
import { type CompiledMyFunction, decide } from "./decide.ts";

/** The options as they are in the code of a CloudFront Function. */
export interface InlineMyFunction extends CompiledMyFunction {
  readonly headers: { readonly [name: string]: CloudFrontFunctionValues };
}

/** Returns the handler of the CloudFront Function: a request gets a response, or passes untouched, as `decide` says. */
export function createCloudFrontMyFunction(
  options: InlineMyFunction,
): (event: CloudFrontFunctionViewerRequestEvent) => CloudFrontFunctionViewerRequestResult {
  return (event) => {
    const request = event.request;
    const body = decide(options, request);
    if (body === undefined) return request;
    return { statusCode: 200, statusDescription: "OK", headers: options.headers, body };
  };
}
