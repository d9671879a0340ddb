import { lambdaEdgeReader, normalisePath } from "edge-handler";
import { exampleRequest } from "../explain/example-requests.ts";
import type {
  CompiledCondition,
  CompiledRule,
  CompiledSecretRedirect,
} from "../edge/compiled-secret-redirect.ts";
import { conditionHolds } from "../edge/condition-holds.ts";
import { lambdaEdgeEngine } from "../edge/decide-secret-redirect.ts";
import { matchingRules } from "../edge/matching-rules.ts";
import type { RedirectRequest } from "../edge/read-request-value.ts";
import { redirectLocation } from "../edge/redirect-location.ts";
import { systemClock } from "../edge/secret-redirect-ports.ts";
import type { AnalyzedRule, AnalyzedRules } from "./analyzed-rules.ts";
import { samplePaths } from "./sample-paths.ts";
import type { RedirectSite } from "./redirect-site.ts";
import type { RedirectFinding } from "./redirect-finding.ts";
import { siteHas } from "./redirect-site.ts";

/** Browsers give up after 20. */
const mostHops = 20;

/** A request of a viewer who follows redirects. */
interface Hop {
  /** As the viewer asks for it. */
  readonly path: string;
  /** The same behind a host where a redirect named one. */
  readonly shown: string;
  /** As it reaches the function. */
  readonly request: RedirectRequest;
  /** The host that a redirect has led to; what the first request's is, nobody knows. */
  readonly host: string | undefined;
}

/** Returns where a rule leads in the end, where that is not simply another page: in a circle, on, or nowhere. */
export function followRedirects(
  { compiled, rules }: AnalyzedRules,
  start: number,
  site: RedirectSite,
): RedirectFinding[] {
  const first = rules[start];
  const [path] = first ? samplePaths(first) : [];
  if (first === undefined || path === undefined) return [];
  const { when = [] } = first.compiled;
  const visited = [first];
  const begin: Hop = { path, shown: path, request: exampleRequest(path, when), host: undefined };
  const hops = [begin];
  const seen = new Set([keyOf(first, begin)]);
  for (;;) {
    const [rule, hop] = [visited.at(-1), hops.at(-1)];
    if (rule === undefined || hop === undefined) return [];
    const redirected = nextHop(compiled, rule.compiled, hop, site);
    if (redirected === undefined) return chain(first, visited, hops);
    hops.push(redirected);
    const departed = departure(compiled, redirected, when, site);
    if (departed !== undefined) hops.push(departed);
    const next = departed ?? redirected;
    const following = rules[ruleFor(compiled, next, when, site)];
    if (following === undefined) {
      return [...chain(first, visited, hops), ...missing(first, rule, next, site)];
    }
    const key = keyOf(following, next);
    if (seen.has(key) || visited.length >= mostHops) return [circle(first, hops)];
    seen.add(key);
    visited.push(following);
  }
}

function keyOf({ name }: AnalyzedRule, hop: Hop): string {
  return JSON.stringify([name, hop]);
}

/** What a viewer asks for next, or `undefined` where that is on another host. */
function nextHop(
  { responses }: CompiledSecretRedirect,
  rule: CompiledRule,
  { request, host }: Hop,
  site: RedirectSite,
): Hop | undefined {
  const { siteHosts = [] } = site;
  const path = normalisePath(request.uri);
  const location = redirectLocation(rule, path, request, lambdaEdgeReader).replace(/#.*$/s, "");
  const absolute = /^https?:\/\/(?<host>[^/?]+)(?<rest>.*)$/i.exec(location)?.groups;
  const named = absolute?.["host"]?.toLowerCase();
  if (named !== undefined && !siteHosts.includes(named)) return undefined;
  const [target = "", querystring = ""] = (absolute?.["rest"] ?? location).split(/\?(.*)/s);
  const uri = normalisePath(target || "/");
  // Browsers ask again with GET, but for 307 and 308.
  const keepsMethod = /^30[78]$/.test(responses[rule.response]?.status ?? "");
  const method = keepsMethod || request.method === "HEAD" ? request.method : "GET";
  return hopTo(uri, { request: { ...request, method, querystring }, host: named ?? host }, site);
}

/** What a viewer asks for whom another function redirects, where no rule does. */
function departure(
  compiled: CompiledSecretRedirect,
  hop: Hop,
  met: readonly CompiledCondition[],
  site: RedirectSite,
): Hop | undefined {
  if (ruleFor(compiled, hop, met, site) !== -1) return undefined;
  const path = site.departureOf?.(hop.request.uri);
  return path === undefined ? undefined : hopTo(path, hop, site);
}

function hopTo(
  path: string,
  { request, host }: Pick<Hop, "request" | "host">,
  { arrivalOf }: RedirectSite,
): Hop {
  return {
    path,
    shown: `${host === undefined ? "" : `https://${host}`}${path}`,
    request: { ...request, uri: normalisePath(arrivalOf?.(path) ?? path) },
    host,
  };
}

/** The first rule that takes a request for all viewers whom the first rule takes. */
function ruleFor(
  { tree, rules }: CompiledSecretRedirect,
  { request, host }: Hop,
  met: readonly CompiledCondition[],
  { clock = systemClock }: RedirectSite,
): number {
  const known = new Set(met.map((condition) => JSON.stringify(condition)));
  const holds = (condition: CompiledCondition): boolean => {
    // A redirect says what these are.
    if (condition.in === "query" || condition.in === "method") {
      return conditionHolds(condition, request, lambdaEdgeEngine(clock));
    }
    return condition.in === "host" && host !== undefined
      ? !!condition.oneOf?.includes(host)
      : known.has(JSON.stringify(condition));
  };
  const found = matchingRules(tree, request.uri).find(
    (index) => rules[index]?.when?.every(holds) ?? true,
  );
  return found ?? -1;
}

function circle({ name }: AnalyzedRule, hops: readonly Hop[]): RedirectFinding {
  const paths = hops.map(({ shown }) => shown);
  const some = paths.length > 5 ? [...paths.slice(0, 4), "…"] : paths;
  return {
    severity: "error",
    kind: "loop",
    rule: name,
    message: `${name} leads in a circle: ${some.join(" -> ")}. A viewer would be redirected for ever: let it lead elsewhere.`,
  };
}

function chain(
  { name }: AnalyzedRule,
  visited: readonly AnalyzedRule[],
  hops: readonly Hop[],
): RedirectFinding[] {
  if (visited.length < 2) return [];
  const last = visited.at(-1);
  const paths = hops.map(({ shown }) => shown).join(" -> ");
  const message = `${name} leads to a path that ${visited[1]?.name} redirects again: ${paths}. Let it lead where ${last?.name} does: a viewer asks once less.`;
  return [{ severity: "warning", kind: "chain", rule: name, message }];
}

function missing(
  { name }: AnalyzedRule,
  { compiled }: AnalyzedRule,
  { path, shown }: Hop,
  { siteFiles, isRoute }: RedirectSite,
): RedirectFinding[] {
  // What it captures, the sample only stands for.
  const isKnown = typeof compiled.to === "string";
  if (!siteFiles || !isKnown || siteHas(siteFiles, path) || isRoute?.(path)) return [];
  const message = `${name} leads to ${JSON.stringify(shown)}, which the site does not have. Add the page, or name another.`;
  return [{ severity: "warning", kind: "missing-target", rule: name, message }];
}
