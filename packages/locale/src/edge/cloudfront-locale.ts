import type {
  CloudFrontFunctionValues,
  CloudFrontFunctionViewerRequestEvent,
  CloudFrontFunctionViewerRequestResult,
} from "cf-types";
import { cloudFrontFunctionReader } from "edge-handler";
import { decide } from "./decide.ts";
import type { ReadyLocale } from "./ready-locale.ts";

/** The options as they stand in the code of a CloudFront Function. */
export interface InlineLocale extends ReadyLocale {
  /** Of a redirect, beside its Location. */
  readonly redirectHeaders: { readonly [name: string]: CloudFrontFunctionValues };
}

/** Returns the handler of `createLocale` for CloudFront Functions: the same decision. */
export function createCloudFrontLocale(
  options: InlineLocale,
): (event: CloudFrontFunctionViewerRequestEvent) => CloudFrontFunctionViewerRequestResult {
  return (event) => {
    const request = event.request;
    const decision = decide(options, request, cloudFrontFunctionReader);
    if (decision.kind === "pass") return request;
    if (decision.kind === "redirect") {
      const location = { value: decision.location };
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
  };
}
