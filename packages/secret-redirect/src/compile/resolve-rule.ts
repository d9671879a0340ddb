import type { CompiledResponse, CompiledCondition } from "../edge/compiled-secret-redirect.ts";
import { normalisePath } from "edge-handler";
import type { RedirectRule, RedirectStatus } from "./redirect-rule.ts";
import { expandAllowedHosts } from "./expand-allowed-hosts.ts";
import { type PathPattern, isPattern, readPathPattern } from "./path-pattern.ts";
import {
  redirectResponse,
  refuseInvalidCacheControl,
  refuseInvalidStatus,
} from "./redirect-response.ts";
import { type ReadConditions, readRedirectConditions } from "./redirect-conditions.ts";
import { type RedirectTarget, readRedirectTarget } from "./redirect-target.ts";
import { readRedirectToken } from "./redirect-token.ts";
import { invalid, refuseOtherThan, refuseUnknownKeys } from "./refuse-invalid-option.ts";

/** A rule with nothing left open, read but not yet in a table. */
export interface ResolvedRule {
  /** As messages name it: `rules[3]`, or where it was written. */
  readonly subject: string;
  readonly rule: RedirectRule;
  readonly pattern: PathPattern;
  readonly isStrict: boolean;
  readonly target: RedirectTarget;
  readonly conditions: readonly CompiledCondition[];
  readonly response: CompiledResponse;
  /** The parameters of the request that are not passed on; `undefined` when none is passed on. */
  readonly query: readonly string[] | undefined;
}

/** What all rules share. */
export interface RuleDefaults {
  readonly cacheControl: Readonly<Partial<Record<RedirectStatus, string>>>;
  readonly hostHeader: string;
}

const ruleNames = [
  "from",
  "to",
  "status",
  "match",
  "query",
  "trailingSlash",
  "cacheControl",
  "conditions",
  "token",
  "allowedHosts",
  "source",
];

/**
 * Returns a rule with nothing left open; several where the host of its target has a placeholder.
 *
 * @param place Where the rule stands, as in `rules[3]`.
 * @throws {SecretRedirectOptionsError} when something in it is unknown, absent or not valid.
 */
export function resolveRule(
  place: string,
  rule: RedirectRule,
  defaults: RuleDefaults,
): ResolvedRule[] {
  refuseUnknownKeys(place, rule, ruleNames);
  const { source } = rule;
  refuseNoText(`${place}.source`, source ?? "", 'Give a place, as in "_redirects:12".');
  const subject = source ?? place;
  const within = source === undefined ? `${place}.` : `${source}: `;
  refuseNoText(`${within}from`, rule.from, 'Give a path, as in "/old".');
  refuseNoText(
    `${within}to`,
    rule.to,
    'Give an absolute URL or a path, as in "https://example.com/".',
  );
  refuseInvalidChoices(within, rule);
  return expandAllowedHosts(`${within}allowedHosts`, rule).map((each) => ({
    subject,
    ...resolveOne(within, each, defaults),
  }));
}

function refuseInvalidChoices(within: string, rule: RedirectRule): void {
  const { status = 302, match, query, trailingSlash, cacheControl } = rule;
  refuseInvalidStatus(`${within}status`, status);
  if (match !== undefined) {
    refuseOtherThan(`${within}match`, match, ["exact", "prefix", "pattern"]);
  }
  if (query !== undefined) refuseOtherThan(`${within}query`, query, ["keep", "merge", "drop"]);
  if (trailingSlash !== undefined) {
    refuseOtherThan(`${within}trailingSlash`, trailingSlash, ["ignore", "strict"]);
  }
  if (cacheControl === undefined) return;
  refuseInvalidCacheControl(`${within}cacheControl`, cacheControl);
  if (rule.token === undefined) return;
  throw invalid(
    "INVALID_VALUE",
    `${within}cacheControl`,
    "stands beside a token",
    cacheControl,
    "A response to a token is no-store: leave cacheControl out.",
  );
}

function resolveOne(
  within: string,
  rule: RedirectRule,
  defaults: RuleDefaults,
): Omit<ResolvedRule, "subject"> {
  const { from, status = 302, match = isPattern(from) ? "pattern" : "exact" } = rule;
  const pattern = readPathPattern(`${within}from`, from, match);
  const read = readRedirectConditions(
    `${within}conditions`,
    rule.conditions ?? {},
    defaults.hostHeader,
  );
  const to = match === "prefix" ? withSplat(rule.to) : rule.to;
  const target = readRedirectTarget(`${within}to`, to, pattern, read.queryNames);
  const token = rule.token && readRedirectToken(`${within}token`, rule.token);
  const response = rule.token
    ? redirectResponse(status, "no-store", false)
    : redirectResponse(
        status,
        rule.cacheControl ?? defaults.cacheControl[status],
        read.conditions.every(({ in: kind }) => kind === "query" || kind === "method"),
      );
  refuseSelf(`${within}to`, rule, pattern, target, read);
  return {
    rule,
    pattern,
    isStrict: rule.trailingSlash === "strict",
    target,
    conditions: token ? [...read.conditions, token] : read.conditions,
    response,
    query: passedQuery(rule, target, read),
  };
}

function withSplat(to: string): string {
  if (to.includes(":splat")) return to;
  return to.replace(/^([^?#]*?)\/?(?=$|[?#])/, "$1/:splat");
}

/** A token never travels on, and a captured parameter is part of the target already. */
function passedQuery(
  { query, token }: RedirectRule,
  { hasQuery, parameters }: RedirectTarget,
  { queryNames }: ReadConditions,
): readonly string[] | undefined {
  const mode = query ?? (hasQuery ? "merge" : "keep");
  if (mode === "drop") return undefined;
  const own = mode === "merge" ? parameters : [];
  const secret = token?.in === "query" ? [token.name] : [];
  return [...new Set([...own, ...queryNames.values(), ...secret])];
}

/** What is sure to lead back to itself; the rest is found when the whole set is analyzed. */
function refuseSelf(
  subject: string,
  rule: RedirectRule,
  pattern: PathPattern,
  { to }: RedirectTarget,
  { conditions }: ReadConditions,
): void {
  const isExact =
    pattern.splatPrefix === undefined && pattern.segments.every((each) => "literal" in each);
  if (!isExact || conditions.length > 0 || rule.token || typeof to !== "string") return;
  const [path = ""] = to.split("?");
  const isSame =
    rule.trailingSlash === "strict"
      ? normalisePath(path) === normalisePath(rule.from)
      : withoutSlash(path) === withoutSlash(rule.from);
  if (!path.startsWith("/") || !isSame) return;
  throw invalid(
    "INVALID_LOCATION",
    subject,
    "leads back to from",
    rule.to,
    "A viewer would be redirected for ever: name another path.",
  );
}

function withoutSlash(path: string): string {
  return normalisePath(path).replace(/\/$/, "");
}

function refuseNoText(subject: string, value: unknown, remedy: string): void {
  if (typeof value === "string") return;
  throw invalid("INVALID_TYPE", subject, "is not a string", value, remedy);
}
