import type { ViewerRequestHandler } from "cf-types";
import type { CompiledSpaRewrite } from "./compiled-spa-rewrite.ts";
import { createDecision } from "./decision.ts";

declare const console: { log(line: string): void };

/**
 * Returns the handler for every kind of options: several documents, the pages of a built site, redirects
 * to a page's right spelling, a log. It is a file of its own beside the bundle, which only configurations
 * load that have need of it.
 */
export function createSiteRewrite(compiled: CompiledSpaRewrite): ViewerRequestHandler {
  const decide = createDecision(compiled);
  const { logEvery, redirect } = compiled;
  let count = 0;

  return async function siteRewrite(event) {
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
