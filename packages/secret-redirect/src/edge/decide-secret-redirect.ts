import type { GeneratedResponse } from "cf-types";
import type { CompiledAnswer, CompiledSecretRedirect } from "../compiled-secret-redirect.ts";
import { type Clock, systemClock } from "./clock.ts";
import { conditionHolds } from "./condition-holds.ts";
import { type LiteralLookup, findRule, firstOf } from "./find-rule.ts";
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

/** Ways to what may be large: the listed paths, and the first segments of the others. */
interface Lookups {
  readonly rulesOf: (path: string) => readonly number[] | undefined;
  readonly literalOf?: LiteralLookup;
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
  return decideWith({ rulesOf: (path) => compiled.paths[path] }, compiled, request, clock);
}

/**
 * Returns the same as a function of the request, for many requests. A Map is asked with a text that is
 * new in half the time that an object takes, which first looks for another text like it.
 */
export function createRedirectDecision(
  compiled: CompiledSecretRedirect,
  clock: Clock,
): (request: RedirectRequest) => SecretRedirectDecision | undefined {
  const { tree } = compiled;
  const paths = new Map(Object.entries(compiled.paths));
  const begins = new Map(Object.entries(tree?.literals ?? {}));
  const lookups: Lookups = {
    rulesOf: (path) => paths.get(path),
    literalOf: (node, segment) => (node === tree ? begins.get(segment) : node.literals?.[segment]),
  };
  return (request) => decideWith(lookups, compiled, request, clock);
}

function decideWith(
  { rulesOf, literalOf }: Lookups,
  { rules, answers, tree }: CompiledSecretRedirect,
  request: RedirectRequest,
  clock: Clock,
): SecretRedirectDecision | undefined {
  const path = normalisePath(request.uri);
  const slash = path.endsWith("/");
  const bare = slash ? path.slice(0, -1) : path;
  const holds = (index: number): boolean =>
    rules[index]?.when?.every((condition) => conditionHolds(condition, request, clock)) ?? true;

  const listed = rulesOf(path) ?? (slash ? rulesOf(bare) : undefined);
  const index = listed
    ? firstOf(listed, rules.length, holds)
    : tree
      ? findRule(tree, bare, 0, slash, rules.length, holds, literalOf)
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
