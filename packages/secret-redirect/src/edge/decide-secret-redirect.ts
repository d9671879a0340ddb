import type { GeneratedResponse } from "cf-types";
import { lambdaEdgeReader } from "edge-handler";
import type { CompiledSecretRedirect } from "./compiled-secret-redirect.ts";
import { type DecidedRedirect, decide } from "./decide.ts";
import type { DecisionEngine } from "./decision-engine.ts";
import type { RedirectRequest } from "./read-request-value.ts";
import { type Clock, systemClock } from "./secret-redirect-ports.ts";

/** A redirect, and the rule that gave it. */
export type SecretRedirectDecision = DecidedRedirect<GeneratedResponse>;

/**
 * Returns the redirect that a request is answered with, or `undefined` when it passes.
 *
 * @param clock Read only by rules that have a time window.
 */
export function decideSecretRedirect(
  compiled: CompiledSecretRedirect,
  request: RedirectRequest,
  clock: Clock = systemClock,
): SecretRedirectDecision | undefined {
  return decide(compiled, request, lambdaEdgeEngine(clock));
}

/** Returns what a decision asks of Lambda@Edge. */
export function lambdaEdgeEngine(clock: Clock): DecisionEngine<RedirectRequest, GeneratedResponse> {
  return {
    reader: lambdaEdgeReader,
    clock,
    // Loaded when it is first needed: few sites have a token.
    sha256: (text) => process.getBuiltinModule("node:crypto").hash("sha256", text),
    respond: ({ status, statusDescription }, location, cacheControl) => ({
      status,
      statusDescription,
      headers: {
        location: [{ key: "Location", value: location }],
        "cache-control": [{ key: "Cache-Control", value: cacheControl }],
      },
    }),
  };
}
