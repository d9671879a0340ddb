import { type Claims, ruleOfPath } from "protected-paths";
import type { AuthEngine } from "./auth-engine.ts";
import { decideBasic } from "./decide-basic.ts";
import type { ReadyAuthRule, ReadyEdgeAuth } from "./ready-edge-auth.ts";

/** Why a request is refused, and what the response says of it. */
export interface Refusal {
  readonly status: 401 | 403 | 503;
  readonly reason: string;
  /** The value of WWW-Authenticate (RFC 9110, 11.6.1). */
  readonly challenge: string;
}

export const statusDescriptions = {
  401: "Unauthorized",
  403: "Forbidden",
  503: "Service Unavailable",
} as const;

/** What becomes of a request. */
export type AuthDecision = { readonly rule: number; readonly refusal: Refusal } | PassedRequest;

/** A request that goes on, and how it is changed. */
export interface PassedRequest {
  /** The index of the rule that let it pass; undefined where the path is open. */
  readonly rule: number | undefined;
  readonly refusal?: undefined;
  /** Headers to take away, in lower case. */
  readonly removedHeaders: readonly string[];
  readonly removedCookie: string | undefined;
  /** Headers to set, in lower case. */
  readonly headers: readonly (readonly [name: string, value: string])[];
}

/** Returns what becomes of a request of either engine. */
export function decide<Request extends { readonly method: string; readonly uri: string }>(
  ready: ReadyEdgeAuth,
  request: Request,
  engine: AuthEngine<Request>,
): AuthDecision {
  const rule = ruleOfPath(ready, request.uri);
  if (!rule) return passed(ready, engine, undefined, undefined);
  const index = ready.rules.indexOf(rule);
  if (rule.basic) {
    const refusal = decideBasic(rule.basic, request, engine);
    return refusal ? { rule: index, refusal } : passed(ready, engine, index, rule);
  }
  const token = rule.token;
  if (!token) return passed(ready, engine, index, rule);
  if (token.passesPreflights && isPreflight(request, engine)) {
    return passed(ready, engine, index, rule);
  }
  const decided = engine.tokens.decide(token, request, engine);
  return "refusal" in decided
    ? { rule: index, refusal: decided.refusal }
    : passed(ready, engine, index, rule, decided.claims);
}

/** The Fetch standard's: an OPTIONS request that asks for a method, and carries no credentials. */
function isPreflight<Request extends { readonly method: string }>(
  request: Request,
  engine: AuthEngine<Request>,
): boolean {
  return (
    request.method === "OPTIONS" &&
    engine.reader.header(request, "origin") !== undefined &&
    engine.reader.header(request, "access-control-request-method") !== undefined
  );
}

function passed<Request>(
  ready: ReadyEdgeAuth,
  engine: AuthEngine<Request>,
  index: number | undefined,
  rule: ReadyAuthRule | undefined,
  claims?: Claims,
): PassedRequest {
  const token = rule && rule.token;
  const isDropped = rule !== undefined && !(token && token.isForwarded);
  const credentials = isDropped ? (token ? token.header : "authorization") : undefined;
  const headers = token && claims ? engine.tokens.headerLines(token.claimHeaders, claims) : [];
  return {
    rule: index,
    removedHeaders: ready.ownHeaders.concat(credentials === undefined ? [] : [credentials]),
    removedCookie: isDropped && token ? token.cookie : undefined,
    headers,
  };
}
