import type { EventHeaders } from "cf-types";
import type {
  CompiledCondition,
  CompiledSecretRedirect,
} from "../edge/compiled-secret-redirect.ts";
import { type Clock, systemClock } from "../edge/secret-redirect-ports.ts";
import { matchingRules } from "../edge/matching-rules.ts";
import { normalisePath } from "edge-handler";
import type { RedirectRequest } from "../edge/read-request-value.ts";
import {
  type ExplainedRule,
  type SecretRedirectExplanation,
  explainSecretRedirect,
} from "./explain-secret-redirect.ts";

/** A request that shows what one rule does. */
export interface SecretRedirectExample {
  readonly rule: ExplainedRule;
  readonly request: RedirectRequest;
  /** Which rule really decides on that request: another one where the rule is hidden by it. */
  readonly explanation: SecretRedirectExplanation;
}

/**
 * Returns one request for each rule, at a time when the rule is there: a test of a site can go through
 * them. A rule with a token has none, since the compiled options do not know the token.
 *
 * @param clock For rules without a time window.
 */
export function exampleRequests(
  compiled: CompiledSecretRedirect,
  clock: Clock = systemClock,
): readonly SecretRedirectExample[] {
  return compiled.rules.flatMap(({ from, source, when = [] }, index) => {
    if (when.some((condition) => "sha256" in condition)) return [];
    const rule = { index, from, ...(source !== undefined && { source }) };
    const request = exampleRequest(examplePath(compiled, from, index), when);
    const explanation = explainSecretRedirect(compiled, request, exampleClock(when, clock));
    return [{ rule, request, explanation }];
  });
}

/** In an exact rule, `:` and `*` mean themselves. */
function examplePath({ tree }: CompiledSecretRedirect, from: string, index: number): string {
  const filled = from.replaceAll(/:[A-Za-z_]\w*/g, "x").replace(/\*$/, "x");
  return matchingRules(tree, normalisePath(filled)).includes(index) ? filled : from;
}

/** Returns a request for a path that meets conditions; a token it does not know. */
export function exampleRequest(uri: string, when: readonly CompiledCondition[]): RedirectRequest {
  let method = "GET";
  const headers: EventHeaders = {};
  const pairs: Record<"query" | "cookie", string[]> = { query: [], cookie: [] };
  for (const condition of when) {
    if (condition.in === "time" || condition.absent === true) continue;
    const { in: source, name, oneOf: [value = "x"] = [] } = condition;
    if (source === "method") method = value;
    else if (source === "query" || source === "cookie") {
      pairs[source].push(`${encodeURIComponent(name)}=${encodeURIComponent(value)}`);
    } else headers[name] = [{ key: name, value }];
  }
  if (pairs.cookie.length > 0)
    headers["cookie"] = [{ key: "Cookie", value: pairs.cookie.join("; ") }];
  return { uri, method, querystring: pairs.query.join("&"), headers };
}

function exampleClock(when: readonly CompiledCondition[], clock: Clock): Clock {
  const time = when.find((condition) => condition.in === "time");
  if (time === undefined) return clock;
  const { from, until = 1 } = time;
  return { now: () => from ?? until - 1 };
}
