import { lambdaEdgeReader } from "edge-handler";
import type { ViewerRequestHandler } from "cf-types";
import type { CompiledSpaRewrite } from "./compiled-spa-rewrite.ts";
import { decide } from "./decide.ts";
import { describeDecision } from "./describe-decision.ts";
import { readySpaRewrite } from "./ready-spa-rewrite.ts";

declare const console: { log(line: string): void };

/**
 * Returns a viewer-request handler that gives the requests for the apps' pages the uri of their
 * document. All other requests, and query strings and headers always, are left as they are.
 */
export function createSpaRewrite(compiled: CompiledSpaRewrite): ViewerRequestHandler {
  const ready = readySpaRewrite(compiled);
  const { logEvery, redirect } = compiled;
  let count = 0;

  return async (event) => {
    const { request } = event.Records[0].cf;
    const decision = decide(ready, request, lambdaEdgeReader);
    if (logEvery && count++ % logEvery === 0) console.log(describeDecision(request.uri, decision));
    if (decision.kind === "redirect") {
      const location = [{ value: decision.location }];
      return { status: decision.status, headers: { ...redirect?.headers, location } };
    }
    if (decision.kind === "rewrite") request.uri = decision.uri;
    return request;
  };
}
