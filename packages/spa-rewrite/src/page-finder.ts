import type { ViewerRequest } from "cf-types";
import { asksForPage } from "./asks-for-page.ts";
import type { CompiledSpaRewrite } from "./compiled-spa-rewrite.ts";
import { decodePath } from "./decode-path.ts";

/** The part of a request that a decision looks at. */
export type DecidedRequest = Pick<ViewerRequest, "method" | "uri" | "querystring" | "headers">;

type Found = string | false | undefined;

/**
 * Returns what finds the uri of the file that a request for a page is served, where that is another one
 * than it asks for. Everything that does not depend on the request is made here.
 */
export function createPageFinder(compiled: CompiledSpaRewrite): (request: DecidedRequest) => Found {
  const { flags, hasPercent } = compiled;
  const pages = new Map(Object.entries(compiled.pages));
  const rules = compiled.rules.map((rule) => ({ ...rule, pattern: new RegExp(rule.path, flags) }));

  const find = (path: string, { headers }: DecidedRequest): Found => {
    const page = pages.size > 0 && (pages.get(path) ?? pages.get(`${path}/`));
    if (page) return page;
    for (const rule of rules) {
      if (rule.pattern.test(path)) return asksForPage(headers, rule.asked) && rule.document;
    }
    return undefined;
  };

  return (request) => {
    const { method, uri } = request;
    if (method !== "GET" && method !== "HEAD") return false;
    let found = hasPercent ? undefined : find(uri, request);
    if (found === undefined) {
      const path = decodePath(uri);
      if (path && (hasPercent || path !== uri)) found = find(path, request);
    }
    return found !== uri && found;
  };
}
