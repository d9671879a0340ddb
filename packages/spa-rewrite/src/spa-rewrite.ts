import type { ViewerRequestHandler } from "cf-types";
import type { CompiledSpaRewrite } from "./options.ts";

/**
 * Returns a viewer-request handler that gives the requests for the app's routes the uri of its
 * document. All other requests, and query strings and headers always, are left as they are.
 */
export function createSpaRewrite(compiled: CompiledSpaRewrite): ViewerRequestHandler {
  const route = new RegExp(compiled.route);
  const { document } = compiled;

  return async function spaRewrite(event) {
    const { request } = event.Records[0].cf;
    if (route.test(request.uri)) request.uri = document;
    return request;
  };
}
