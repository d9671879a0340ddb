import type { CompiledSpaRewrite } from "./compiled-spa-rewrite.ts";
import { createDecision } from "./decision.ts";
import type { DecidedRequest } from "./page-finder.ts";

/** What becomes of a request. */
export type SpaRewriteDecision =
  | { readonly kind: "pass" }
  | { readonly kind: "rewrite"; readonly uri: string }
  | { readonly kind: "redirect"; readonly status: string; readonly location: string };

/**
 * A viewer's request as far as a decision looks at it: a uri, with its query string or without, stands
 * for a GET request that says nothing of itself.
 */
export type SpaRewriteRequest =
  | string
  | (Pick<DecidedRequest, "uri"> & Partial<Omit<DecidedRequest, "uri">>);

/** Returns what becomes of a request, without an event; for many requests make a handler once. */
export function decideSpaRewrite(
  compiled: CompiledSpaRewrite,
  request: SpaRewriteRequest,
): SpaRewriteDecision {
  return createPublicDecision(compiled)(decidedRequest(request));
}

/** Returns the handler's decision as a value that can be printed. */
export function createPublicDecision(
  compiled: CompiledSpaRewrite,
): (request: DecidedRequest) => SpaRewriteDecision {
  const decide = createDecision(compiled);
  const { redirect } = compiled;
  return (request) => {
    const { uri, location } = decide(request);
    if (uri !== undefined) return { kind: "rewrite", uri };
    if (location === undefined || redirect === null) return { kind: "pass" };
    return { kind: "redirect", status: redirect.status, location };
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
