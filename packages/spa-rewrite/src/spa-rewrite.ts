import type { ViewerRequestHandler } from "cf-types";
import type { CompiledSpaRewrite } from "./compiled-spa-rewrite.ts";
import { createRouteRewrite } from "./route-rewrite.ts";
import { createSiteRewrite } from "./site-rewrite.part.ts";

/**
 * Returns a viewer-request handler that gives the requests for the apps' pages the uri of their
 * document. All other requests, and query strings and headers always, are left as they are.
 */
export function createSpaRewrite(compiled: CompiledSpaRewrite): ViewerRequestHandler {
  return compiled.parts ? createSiteRewrite(compiled) : createRouteRewrite(compiled);
}
