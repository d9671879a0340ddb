import type {
  CompiledResponse,
  CompiledRule,
  CompiledSecretRedirect,
} from "./compiled-secret-redirect.ts";
import { conditionHolds } from "./condition-holds.ts";
import type { DecisionEngine } from "./decision-engine.ts";
import { matchingRules } from "./matching-rules.ts";
import { normalisePath } from "edge-handler";
import type { EngineRequest } from "./read-request-value.ts";
import { redirectLocation } from "./redirect-location.ts";
import type { Clock } from "./secret-redirect-ports.ts";

/** The part of the compiled options that a decision reads. */
export interface RedirectTable extends Pick<CompiledSecretRedirect, "responses" | "tree"> {
  readonly rules: readonly RedirectRule[];
}

/** One rule, without what only explains. */
export type RedirectRule = Omit<CompiledRule, "from" | "source">;

/** A redirect, and the rule that gave it. */
export interface DecidedRedirect<Response> {
  /** The rule's index, in the order of the options. */
  readonly rule: number;
  readonly response: Response;
}

/** Returns the redirect that a request of either engine is answered with, or `undefined` when it passes. */
export function decide<Request extends EngineRequest, Response>(
  table: RedirectTable,
  request: Request,
  engine: DecisionEngine<Request, Response>,
): DecidedRedirect<Response> | undefined {
  const path = normalisePath(request.uri);
  const index = matchingRules(table.tree, path).find((candidate) => {
    const when = (table.rules[candidate] as RedirectRule).when || [];
    return when.every((condition) => conditionHolds(condition, request, engine));
  });
  if (index === undefined) return undefined;
  const rule = table.rules[index] as RedirectRule;
  const response = table.responses[rule.response] as CompiledResponse;
  const location = redirectLocation(rule, path, request, engine.reader);
  const given = response.cacheControl;
  const cacheControl = rule.until ? cappedLifetime(given, rule.until, engine.clock) : given;
  return { rule: index, response: engine.respond(response, location, cacheControl) };
}

/** No cache keeps the response beyond the end of the rule's time. */
function cappedLifetime(cacheControl: string, until: number, clock: Clock): string {
  const seconds = Math.floor((until - clock.now()) / 1000);
  return cacheControl.replace(
    /(max-?age=)(\d+)/g,
    (_: string, name: string, given: string) => `${name}${Math.min(Number(given), seconds)}`,
  );
}
