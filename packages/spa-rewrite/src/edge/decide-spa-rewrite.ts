import type { ViewerRequest } from "cf-types";
import { asksForPage } from "./asks-for-page.ts";
import type { CompiledRule, CompiledSpaRewrite } from "./compiled-spa-rewrite.ts";
import { decodePath } from "./decode-path.ts";

/** What becomes of a request. */
export type SpaRewriteDecision =
  | { readonly kind: "pass" }
  | { readonly kind: "rewrite"; readonly uri: string }
  | { readonly kind: "redirect"; readonly status: string; readonly location: string };

/** The part of a request that a decision looks at. */
export type DecidedRequest = Pick<ViewerRequest, "method" | "uri" | "querystring" | "headers">;

/**
 * A viewer's request as far as a decision looks at it: a uri, with its query string or without, stands
 * for a GET request that says nothing of itself.
 */
export type SpaRewriteRequest =
  | string
  | (Pick<DecidedRequest, "uri"> & Partial<Omit<DecidedRequest, "uri">>);

/** What the site has for the path of a request. */
export interface PageMatch {
  /** The path, decoded once; empty where it is malformed. */
  readonly path: string;
  /** The uri of the file, where the path is that of a page. */
  readonly file?: string;
  /** The first rule that matches the path, where the path is not that of a page. */
  readonly rule?: CompiledRule;
}

const pass: SpaRewriteDecision = { kind: "pass" };

/** Returns what becomes of a request, without an event; for many requests make a handler once. */
export function decideSpaRewrite(
  compiled: CompiledSpaRewrite,
  request: SpaRewriteRequest,
): SpaRewriteDecision {
  return createDecision(compiled)(decidedRequest(request));
}

/** Returns the decision as a function of the request. */
export function createDecision(
  compiled: CompiledSpaRewrite,
): (request: DecidedRequest) => SpaRewriteDecision {
  const match = createMatcher(compiled);
  const { redirect } = compiled;
  const from = redirect && new RegExp(redirect.from);

  return (request) => {
    const { method, uri, querystring, headers } = request;
    if (method !== "GET" && method !== "HEAD") return pass;
    const { file, rule } = match(uri);
    const found = file ?? (rule && asksForPage(headers, rule.asked) ? rule.document : undefined);
    if (found === undefined || found === uri) return pass;
    if (from) {
      const asked = querystring ? `${uri}?${querystring}` : uri;
      const location = asked.replace(from, redirect.to);
      if (location !== asked) return { kind: "redirect", status: redirect.status, location };
    }
    return { kind: "rewrite", uri: found };
  };
}

/** Returns what the site has for the path of a uri, as a function of the uri. */
export function createMatcher(compiled: CompiledSpaRewrite): (uri: string) => PageMatch {
  const pages = new Map(Object.entries(compiled.pages));
  const rules = compiled.rules.map((rule) => ({
    rule,
    pattern: new RegExp(rule.path, compiled.flags),
  }));
  return (uri) => {
    const path = decodePath(uri);
    if (path === "") return { path };
    const file = pages.size > 0 ? (pages.get(path) ?? pages.get(`${path}/`)) : undefined;
    if (file !== undefined) return { path, file };
    for (const { rule, pattern } of rules) if (pattern.test(path)) return { path, rule };
    return { path };
  };
}

/** Returns the request with nothing left open. */
export function decidedRequest(request: SpaRewriteRequest): DecidedRequest {
  if (typeof request !== "string") {
    return { method: "GET", querystring: "", headers: {}, ...request };
  }
  const [uri = "", ...query] = request.split("?");
  return { method: "GET", uri, querystring: query.join("?"), headers: {} };
}
