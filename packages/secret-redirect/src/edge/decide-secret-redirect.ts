import type { GeneratedResponse } from "cf-types";
import type { CompiledAnswer, CompiledSecretRedirect } from "../compiled-secret-redirect.ts";
import { type Clock, systemClock } from "./clock.ts";
import { conditionHolds } from "./condition-holds.ts";
import { findRule, firstOf } from "./find-rule.ts";
import { normalisePath } from "./normalise-path.ts";
import type { RedirectRequest } from "./read-request-value.ts";
import { redirectLocation } from "./redirect-location.ts";
import { redirectResponse } from "./redirect-response.ts";

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
  { rules, answers, paths, tree }: CompiledSecretRedirect,
  request: RedirectRequest,
  clock: Clock = systemClock,
): SecretRedirectDecision | undefined {
  const path = normalisePath(request.uri);
  const slash = path.endsWith("/");
  const bare = slash ? path.slice(0, -1) : path;
  const holds = (index: number): boolean =>
    rules[index]?.when?.every((condition) => conditionHolds(condition, request, clock)) ?? true;

  const listed = paths[path] ?? (slash ? paths[bare] : undefined);
  const index = listed
    ? firstOf(listed, rules.length, holds)
    : tree
      ? findRule(tree, bare, 0, slash, rules.length, holds)
      : rules.length;
  const rule = rules[index];
  const answer = rule && answers[rule.answer];
  if (!answer) return undefined;

  const { until } = rule;
  const capped = until === undefined ? answer : cappedAnswer(answer, until, clock);
  return { rule: index, response: redirectResponse(capped, redirectLocation(rule, path, request)) };
}

/** No cache keeps the answer beyond the end of the rule's time. */
function cappedAnswer(answer: CompiledAnswer, until: number, clock: Clock): CompiledAnswer {
  const seconds = Math.floor((until - clock.now()) / 1000);
  const cacheControl = answer.cacheControl.replace(
    /(max-?age=)(\d+)/g,
    (_, name: string, given: string) => name + Math.min(Number(given), seconds),
  );
  return { ...answer, cacheControl };
}
