import type { ViewerRequestHandler } from "cf-types";
import type { CompiledRule, CompiledSpaRewrite } from "./compiled-spa-rewrite.ts";
import { navigates } from "./navigates.ts";
import { createPageTest } from "./page-test.part.ts";
import { createSiteRewrite } from "./site-rewrite.part.ts";

/**
 * Returns a viewer-request handler that gives the requests for the apps' pages the uri of their
 * document. All other requests, and query strings and headers always, are left as they are.
 *
 * One document, and what a browser asks for as it navigates, is all that the bundle has by itself.
 * `decideSpaRewrite` decides the same.
 */
export function createSpaRewrite(compiled: CompiledSpaRewrite): ViewerRequestHandler {
  if (compiled.parts[0] === "site-rewrite") return createSiteRewrite(compiled);
  const rule = compiled.rules[0] as CompiledRule;
  const document = rule.document;
  const pattern = new RegExp(rule.path, compiled.flags);
  const begins = compiled.begins;
  const hasPercent = compiled.hasPercent;
  let isPage: ReturnType<typeof createPageTest> | undefined;

  return async function (event) {
    const request = event.Records[0].cf.request;
    const uri = request.uri;
    // What begins as no page does needs no other test; "/" has no character there.
    if (begins && begins[uri.charCodeAt(1) || 0] === 0) return request;
    let target = uri;
    const isListed = !hasPercent && pattern.test(uri);
    if (isListed && request.method === "GET" && navigates(request.headers)) target = document;
    else if (isListed || hasPercent || uri.indexOf("%") >= 0) {
      if (!isPage) isPage = createPageTest(rule, pattern);
      if (isPage(request)) target = document;
    }
    // Written in both cases: V8 then knows the object when it settles the promise, and looks for no `then`.
    request.uri = target;
    return request;
  };
}
