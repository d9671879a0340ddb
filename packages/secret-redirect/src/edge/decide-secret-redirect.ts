import type { GeneratedResponse } from "cf-types";
import type { CompiledRule, CompiledSecretRedirect } from "../compiled-secret-redirect.ts";
import { type Clock, systemClock } from "./clock.ts";
import { conditionHolds } from "./condition-holds.ts";
import { findRule, firstOf } from "./find-rule.ts";
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
  const { rules, paths, tree } = compiled;
  const path = normalisePath(request.uri);
  const slash = path.endsWith("/");
  const bare = slash ? path.slice(0, -1) : path;
  const holds = (index: number): boolean => ruleHolds(rules[index], request, clock);
  const listed = paths[path] ?? (slash ? paths[bare] : undefined);
  const index = listed
    ? firstOf(listed, rules.length, holds)
    : tree
      ? findRule(tree, bare, 0, slash, rules.length, holds)
      : rules.length;
  return decisionOf(compiled, index, path, request, clock);
}

function ruleHolds(
  rule: CompiledRule | undefined,
  request: RedirectRequest,
  clock: Clock,
): boolean {
  return rule?.when?.every((condition) => conditionHolds(condition, request, clock)) ?? true;
}

function decisionOf(
  { rules, answers }: CompiledSecretRedirect,
  index: number,
  path: string,
  request: RedirectRequest,
  clock: Clock,
): SecretRedirectDecision | undefined {
  const rule = rules[index];
  const answer = rule && answers[rule.answer];
  if (!answer) return undefined;
  const { until } = rule;
  const { status, statusDescription, cacheControl } = answer;
  const location = redirectLocation(rule, path, request);
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
