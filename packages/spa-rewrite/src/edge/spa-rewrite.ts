import type { ViewerRequestHandler } from "cf-types";
import type { CompiledSpaRewrite } from "./compiled-spa-rewrite.ts";
import { createDecision } from "./decide-spa-rewrite.ts";

declare const console: { log(line: string): void };

/**
 * Returns a viewer-request handler that gives the requests for the apps' pages the uri of their
 * document. All other requests, and query strings and headers always, are left as they are.
 */
export function createSpaRewrite(compiled: CompiledSpaRewrite): ViewerRequestHandler {
  const decide = createDecision(compiled);
  const { logEvery, redirect } = compiled;
  let count = 0;

  return async (event) => {
    const { request } = event.Records[0].cf;
    const decision = decide(request);
    if (logEvery && count++ % logEvery === 0) {
      console.log(JSON.stringify({ spaRewrite: request.uri, ...decision, kind: undefined }));
    }
    if (decision.kind === "redirect") {
      const location = [{ value: decision.location }];
      return { status: decision.status, headers: { ...redirect?.headers, location } };
    }
    if (decision.kind === "rewrite") request.uri = decision.uri;
    return request;
  };
}
