import type { GeneratedResponse } from "cf-types";
import type { CompiledSecretRedirect } from "./compiled-secret-redirect.ts";
import { type Clock, systemClock } from "./secret-redirect-ports.ts";
import { conditionHolds } from "./condition-holds.ts";
import { matchingRules } from "./matching-rules.ts";
import { normalisePath } from "./normalise-path.ts";
import type { RedirectRequest } from "./read-request-value.ts";
import { redirectLocation } from "./redirect-location.ts";

/** A redirect, and the rule that gave it. */
export interface SecretRedirectDecision {
  /** The rule's index, in the order of the options. */
  readonly rule: number;
  readonly response: GeneratedResponse;
}

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
  const { rules, responses, tree } = compiled;
  const path = normalisePath(request.uri);
  const index = matchingRules(tree, path).find(
    (candidate) =>
      rules[candidate]?.when?.every((condition) => conditionHolds(condition, request, clock)) ??
      true,
  );
  const rule = index === undefined ? undefined : rules[index];
  const response = rule && responses[rule.response];
  if (index === undefined || !response) return undefined;
  const { status, statusDescription, cacheControl } = response;
  const location = redirectLocation(rule, path, request);
  const { until } = rule;
  const cached = until === undefined ? cacheControl : cappedLifetime(cacheControl, until, clock);
  return {
    rule: index,
    response: {
      status,
      statusDescription,
      headers: {
        location: [{ key: "Location", value: location }],
        "cache-control": [{ key: "Cache-Control", value: cached }],
      },
    },
  };
}

/** No cache keeps the response beyond the end of the rule's time. */
function cappedLifetime(cacheControl: string, until: number, clock: Clock): string {
  const seconds = Math.floor((until - clock.now()) / 1000);
  return cacheControl.replace(
    /(max-?age=)(\d+)/g,
    (_, name: string, given: string) => name + Math.min(Number(given), seconds),
  );
}
