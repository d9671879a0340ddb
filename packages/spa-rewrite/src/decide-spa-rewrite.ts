import type { ViewerRequest } from "cf-types";
import { lambdaEdgeReader } from "edge-handler";
import type { CompiledSpaRewrite } from "./edge/compiled-spa-rewrite.ts";
import { decide, type SpaRewriteDecision } from "./edge/decide.ts";
import { readySpaRewrite } from "./edge/ready-spa-rewrite.ts";

/** The part of a request that a decision looks at. */
export type DecidedRequest = Pick<ViewerRequest, "method" | "uri" | "querystring" | "headers">;

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
  return decide(readySpaRewrite(compiled), decidedRequest(request), lambdaEdgeReader);
}

/** Returns the request with nothing left open. */
export function decidedRequest(request: SpaRewriteRequest): DecidedRequest {
  if (typeof request !== "string") {
    return { method: "GET", querystring: "", headers: {}, ...request };
  }
  const [uri = "", ...query] = request.split("?");
  return { method: "GET", uri, querystring: query.join("?"), headers: {} };
}
