import { cloudFrontFunctionReader } from "edge-handler";
import type {
  CloudFrontFunctionEventRequest,
  CloudFrontFunctionResponse,
  CloudFrontFunctionViewerRequestEvent,
  CloudFrontFunctionViewerRequestResult,
} from "cf-types";
import { type DecidedRedirect, decide, type RedirectTable } from "./decide.ts";
import type { DecisionEngine } from "./decision-engine.ts";
import { describeRedirect } from "./describe-redirect.ts";

/** The options as they are in the code of a CloudFront Function. */
export interface InlineSecretRedirect {
  /** For the paths that a rule may match. */
  readonly candidates: RegExp;
  /** Made for those requests alone: the engine makes everything anew for each request. */
  readonly table: () => RedirectTable;
  /** How many of the redirects are logged, from 0 to 1. */
  readonly logSampleRate: number;
}

declare const console: { log(line: string): void };
/** The runtime's own. */
declare function require(module: "crypto"): {
  createHash(algorithm: "sha256"): { update(text: string): { digest(encoding: "hex"): string } };
};

/** Returns what a decision asks of CloudFront Functions: made for those requests alone that a rule may match. */
export function cloudFrontEngine(): DecisionEngine<
  CloudFrontFunctionEventRequest,
  CloudFrontFunctionResponse
> {
  return {
    reader: cloudFrontFunctionReader,
    clock: Date,
    sha256: (text) => require("crypto").createHash("sha256").update(text).digest("hex"),
    respond: (response, location, cacheControl) => ({
      statusCode: Number(response.status),
      statusDescription: response.statusDescription,
      headers: { location: { value: location }, "cache-control": { value: cacheControl } },
    }),
  };
}

/** Returns the handler of `createSecretRedirect` for CloudFront Functions: the same decision. */
export function createCloudFrontSecretRedirect(
  options: InlineSecretRedirect,
): (event: CloudFrontFunctionViewerRequestEvent) => CloudFrontFunctionViewerRequestResult {
  return (event) => {
    const request = event.request;
    if (!options.candidates.test(request.uri)) return request;
    const decided = decide(options.table(), request, cloudFrontEngine());
    return resultOf(decided, request, options.logSampleRate);
  };
}

/** Returns what a CloudFront Function returns for a decision, and logs some of the redirects. */
export function resultOf(
  decided: DecidedRedirect<CloudFrontFunctionResponse> | undefined,
  request: CloudFrontFunctionEventRequest,
  logSampleRate: number,
): CloudFrontFunctionViewerRequestResult {
  if (!decided) return request;
  const response = decided.response;
  // oxlint-disable-next-line no-restricted-properties -- the runtime's own: there is nothing to give another
  if (logSampleRate > Math.random()) {
    console.log(describeRedirect(decided.rule, request.uri, String(response.statusCode)));
  }
  return response;
}
