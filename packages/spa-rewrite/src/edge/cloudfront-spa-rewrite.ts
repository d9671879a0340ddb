import { cloudFrontFunctionReader } from "edge-handler";
import type {
  CloudFrontFunctionValues,
  CloudFrontFunctionViewerRequestEvent,
  CloudFrontFunctionViewerRequestResult,
} from "cf-types";
import { decide } from "./decide.ts";
import { describeDecision } from "./describe-decision.ts";
import type { ReadySpaRewrite } from "./ready-spa-rewrite.ts";

/** The options as they are in the code of a CloudFront Function. */
export interface InlineSpaRewrite extends ReadySpaRewrite {
  readonly logEvery: number;
  /** Of a redirect, beside its Location. */
  readonly redirectHeaders: { readonly [name: string]: CloudFrontFunctionValues };
}

declare const console: { log(line: string): void };

/** Returns the handler of `createSpaRewrite` for CloudFront Functions: the same decision. */
export function createCloudFrontSpaRewrite(
  options: InlineSpaRewrite,
): (event: CloudFrontFunctionViewerRequestEvent) => CloudFrontFunctionViewerRequestResult {
  return (event) => {
    const request = event.request;
    const decision = decide(options, request, cloudFrontFunctionReader);
    // oxlint-disable-next-line no-restricted-properties -- an invocation knows of no other one, and cannot count
    if (options.logEvery && Math.random() * options.logEvery < 1) {
      console.log(describeDecision(request.uri, decision));
    }
    if (decision.kind === "redirect") {
      const location = { value: decision.location };
      return {
        statusCode: Number(decision.status),
        headers: Object.assign({}, options.redirectHeaders, { location }),
      };
    }
    if (decision.kind === "rewrite") request.uri = decision.uri;
    return request;
  };
}
