import type { ViewerRequest } from "cf-types";
import { ruleOfPath } from "protected-paths";
import type { CompiledEdgeAuth } from "../edge/compiled-edge-auth.ts";
import { decide } from "../edge/decide.ts";
import { type Clock, systemClock } from "../edge/clock.ts";
import { lambdaEdgeEngine } from "../edge/edge-auth.ts";
import { readyEdgeAuth } from "../edge/ready-edge-auth.ts";
import { RemoteKeys } from "../edge/remote-keys.ts";

/** The request that is explained. */
export type ExplainedRequest = Pick<ViewerRequest, "uri"> &
  Partial<Pick<ViewerRequest, "method" | "headers">>;

/** What becomes of a request, and why. */
export interface AuthExplanation {
  /** As in `rules[0]`; undefined where the path is open. */
  readonly rule: string | undefined;
  /** 200 stands for a request that passes. */
  readonly status: 200 | 401 | 403 | 503;
  /** One sentence. */
  readonly reason: string;
}

/**
 * Returns what becomes of a request, and why. Keys of a `jwksUrl` are not fetched.
 */
export function explainEdgeAuth(
  compiled: CompiledEdgeAuth,
  { uri, method = "GET", headers = {} }: ExplainedRequest,
  clock: Clock = systemClock,
): AuthExplanation {
  const ready = readyEdgeAuth(compiled);
  const rule = ruleOfPath(ready, uri);
  if (rule === undefined) {
    return { rule: undefined, status: 200, reason: `No rule protects ${uri}: it is open.` };
  }
  const named = `rules[${ready.rules.indexOf(rule)}]`;
  if (rule.token?.jwksUrl !== undefined) {
    const reason = `${named} asks for a token that a key of ${rule.token.jwksUrl} has signed, which is fetched at the edge.`;
    return { rule: named, status: 401, reason };
  }
  const request = { clientIp: "203.0.113.1", querystring: "", method, headers, uri };
  const engine = lambdaEdgeEngine(new RemoteKeys({ clock }), clock);
  const { refusal } = decide(ready, request, engine);
  return refusal === undefined
    ? { rule: named, status: 200, reason: `${named} lets it pass.` }
    : { rule: named, status: refusal.status, reason: `${named} refuses it: ${refusal.reason}.` };
}
