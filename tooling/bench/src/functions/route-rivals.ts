import type { OriginRequestHandler, ViewerRequestHandler } from "cf-types";
import { match, pathToRegexp } from "path-to-regexp";
import { placeholderRules } from "./many-rules.ts";

/** Routes at run time by path-to-regexp. */
export function pathToRegexpRewrite(): ViewerRequestHandler {
  const { regexp } = pathToRegexp(["/notes/:id", "/notes/:id/edit"]);
  return rewriteWhere((uri) => regexp.test(uri));
}

/** Routes at run time by the platform's own URLPattern. */
export function urlPatternRewrite(): ViewerRequestHandler {
  const patterns = ["/notes/:id(\\d+)", "/notes/:id(\\d+)/edit"].map(
    (pathname) => new URLPattern({ pathname }),
  );
  return rewriteWhere((uri) => patterns.some((pattern) => pattern.test({ pathname: uri })));
}

function rewriteWhere(isPage: (uri: string) => boolean): ViewerRequestHandler {
  return async (event) => {
    const { request } = event.Records[0].cf;
    if (isPage(request.uri)) request.uri = "/index.html";
    return request;
  };
}

/** A redirect for each of 1,100 rules, one pattern of path-to-regexp tried after the other. */
export function pathToRegexpRedirects(): OriginRequestHandler {
  const compiled = placeholderRules(1100).map(({ from, to }) => ({ matches: match(from), to }));
  return async (event) => {
    const { request } = event.Records[0].cf;
    for (const { matches, to } of compiled) {
      const found = matches(request.uri);
      if (!found) continue;
      const value = to.replaceAll(/:(\w+)/g, (_, name: string) => String(found.params[name]));
      return { status: "302", headers: { location: [{ key: "Location", value }] } };
    }
    return request;
  };
}
