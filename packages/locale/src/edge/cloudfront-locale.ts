import type {
  CloudFrontFunctionRequest,
  CloudFrontFunctionResponse,
  CloudFrontFunctionValues,
  CloudFrontFunctionViewerRequestEvent,
  CloudFrontFunctionViewerResponseEvent,
} from "cf-types";
import { cloudFrontFunctionReader } from "edge-handler";
import { decide } from "./decide.ts";
import { pageVary } from "./page-vary.ts";
import type { ReadyLocale } from "./ready-locale.ts";

/** The options as they are in the code of a CloudFront Function. */
export interface InlineLocale extends ReadyLocale {
  /** Of a redirect, beside its Location. */
  readonly redirectHeaders: { readonly [name: string]: CloudFrontFunctionValues };
}

type Event = CloudFrontFunctionViewerRequestEvent | CloudFrontFunctionViewerResponseEvent;

/** Returns the handler of `createLocale` for CloudFront Functions: the same decision. */
export function createCloudFrontLocale(
  options: InlineLocale,
): (event: Event) => CloudFrontFunctionRequest | CloudFrontFunctionResponse {
  return (event) =>
    "response" in event ? handleResponse(options, event) : handleRequest(options, event);
}

function handleRequest(
  options: InlineLocale,
  event: CloudFrontFunctionViewerRequestEvent,
): CloudFrontFunctionRequest | CloudFrontFunctionResponse {
  const request = event.request;
  const decision = decide(options, request, cloudFrontFunctionReader);
  if (decision.kind === "pass") return request;
  if (decision.kind === "redirect") {
    const location = { value: decision.uri };
    return {
      statusCode: Number(options.redirectStatus),
      headers: Object.assign({}, options.redirectHeaders, { location }),
    };
  }
  const value = options.locales[decision.locale];
  if (value === undefined) delete request.headers["accept-language"];
  else request.headers["accept-language"] = { value };
  request.uri = decision.uri;
  return request;
}

function handleResponse(
  options: InlineLocale,
  event: CloudFrontFunctionViewerResponseEvent,
): CloudFrontFunctionResponse {
  const response = event.response;
  const headers = response.headers;
  const type = headers["content-type"];
  const vary = headers["vary"];
  const value = pageVary(options, {
    uri: event.request.uri,
    contentType: type && type.value,
    vary: vary ? (vary.multiValue || [vary]).map((line) => line.value).join(",") : "",
  });
  if (value !== undefined) headers["vary"] = { value };
  return response;
}
