import type { ViewerRequestHandler } from "cf-types";
import { asksForPage } from "./asks-for-page.ts";
import type { CompiledRule, CompiledSpaRewrite } from "./compiled-spa-rewrite.ts";
import { decodePath } from "./decode-path.ts";

/**
 * Returns the handler for one document and nothing beside it: what the bundle does by itself.
 * `decideSpaRewrite` decides the same.
 */
export function createRouteRewrite({
  rules,
  flags,
  begins,
  hasPercent,
}: CompiledSpaRewrite): ViewerRequestHandler {
  const { path, document, asked } = rules[0] as CompiledRule;
  const pattern = new RegExp(path, flags);

  const isEncodedPage = (uri: string): boolean => {
    const decoded = decodePath(uri);
    return decoded !== "" && (hasPercent || decoded !== uri) && pattern.test(decoded);
  };

  return async function routeRewrite(event) {
    const { request } = event.Records[0].cf;
    const { uri, method } = request;
    // What begins as no page does needs no other test; "/" has no character there.
    if (begins && begins[uri.charCodeAt(1) || 0] === 0) return request;
    const isPage =
      ((!hasPercent && pattern.test(uri)) || isEncodedPage(uri)) &&
      (method === "GET" || method === "HEAD") &&
      asksForPage(request.headers, asked);
    // Written in both cases: V8 then knows the object when it settles the promise, and looks for no `then`.
    request.uri = isPage ? document : uri;
    return request;
  };
}
