import type { ViewerRequestHandler } from "cf-types";
import type { CompiledSpaRewrite } from "./compiled-spa-rewrite.ts";
import { createDecision } from "./decision.ts";

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
    const { uri, location } = decide(request);
    if (logEvery && count++ % logEvery === 0) {
      console.log(JSON.stringify({ spaRewrite: request.uri, uri, location }));
    }
    if (location && redirect) {
      const { status, headers } = redirect;
      return { status, headers: { ...headers, location: [{ value: location }] } };
    }
    if (uri) request.uri = uri;
    return request;
  };
}
