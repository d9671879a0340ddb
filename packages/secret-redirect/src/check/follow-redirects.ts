import type { RuleTree } from "../edge/compiled-secret-redirect.ts";
import type { ResolvedRule } from "../compile/resolve-rule.ts";
import { matchingRules } from "../edge/matching-rules.ts";
import { normalisePath } from "../edge/normalise-path.ts";
import { redirectLocation } from "../edge/redirect-location.ts";
import type { RedirectSite } from "./redirect-site.ts";
import type { RedirectFinding } from "./redirect-finding.ts";
import { siteHas } from "./redirect-site.ts";

/** Browsers give up after 20. */
const mostHops = 20;

/** Returns where a rule leads in the end, where that is not simply another page: in a circle, on, or nowhere. */
export function followRedirects(
  rules: readonly ResolvedRule[],
  tree: RuleTree,
  start: number,
  site: RedirectSite,
): RedirectFinding[] {
  const first = rules[start];
  if (first === undefined) return [];
  const paths = [samplePath(first)];
  const visited = [first];
  for (;;) {
    const rule = visited.at(-1) ?? first;
    const next = pathOnSite(rule, paths.at(-1) ?? "/", site);
    if (next === undefined) break;
    const isLoop = paths.includes(next) || visited.length >= mostHops;
    paths.push(next);
    if (isLoop) return [circle(first, paths)];
    const following = ruleFor(rules, tree, next, first);
    if (following === undefined) {
      return [...chain(first, visited, paths), ...missing(first, rule, next, site)];
    }
    visited.push(following);
  }
  return chain(first, visited, paths);
}

function samplePath({ pattern }: ResolvedRule): string {
  const segments = pattern.segments.map((segment) =>
    "literal" in segment ? segment.literal : `${segment.before}sample${segment.after}`,
  );
  const rest = pattern.splatPrefix === undefined ? [] : [`${pattern.splatPrefix}sample`];
  const slash = pattern.endsWithSlash && rest.length === 0 && segments.length > 0 ? "/" : "";
  return `/${[...segments, ...rest].join("/")}${slash}`;
}

/** The path that a rule leads to, or `undefined` where it is on another host. */
function pathOnSite(
  rule: ResolvedRule,
  path: string,
  { siteHosts = [] }: RedirectSite,
): string | undefined {
  const request = { uri: path, querystring: "", method: "GET", headers: {} };
  const location = redirectLocation({ from: "", response: 0, to: rule.target.to }, path, request);
  const { host, rest = location } =
    /^https?:\/\/(?<host>[^/?]+)(?<rest>.*)$/i.exec(location)?.groups ?? {};
  if (host !== undefined && !siteHosts.includes(host.toLowerCase())) return undefined;
  return normalisePath(rest.split("?")[0] || "/");
}

/** The first rule that takes a path for all viewers whom the first rule takes. */
function ruleFor(
  rules: readonly ResolvedRule[],
  tree: RuleTree,
  path: string,
  { conditions }: ResolvedRule,
): ResolvedRule | undefined {
  const met = new Set(conditions.map((condition) => JSON.stringify(condition)));
  const isMet = (index: number): boolean =>
    !!rules[index]?.conditions.every((condition) => met.has(JSON.stringify(condition)));
  const index = matchingRules(tree, path).find(isMet);
  return index === undefined ? undefined : rules[index];
}

function circle({ subject }: ResolvedRule, paths: readonly string[]): RedirectFinding {
  const shown = paths.length > 5 ? [...paths.slice(0, 4), "…"] : paths;
  return {
    severity: "error",
    kind: "loop",
    rule: subject,
    message: `${subject} leads in a circle: ${shown.join(" -> ")}. A viewer would be redirected for ever: let it lead elsewhere.`,
  };
}

function chain(
  { subject }: ResolvedRule,
  visited: readonly ResolvedRule[],
  paths: readonly string[],
): RedirectFinding[] {
  if (visited.length < 2) return [];
  const last = visited.at(-1);
  const message = `${subject} leads to a path that ${visited[1]?.subject} redirects again: ${paths.join(" -> ")}. Let it lead where ${last?.subject} does: a viewer asks once less.`;
  return [{ severity: "warning", kind: "chain", rule: subject, message }];
}

function missing(
  { subject }: ResolvedRule,
  rule: ResolvedRule,
  path: string,
  { siteFiles, isRoute }: RedirectSite,
): RedirectFinding[] {
  const isKnown = typeof rule.target.to === "string";
  if (!siteFiles || !isKnown || siteHas(siteFiles, path) || isRoute?.(path)) return [];
  const message = `${subject} leads to ${JSON.stringify(path)}, which the site does not have. Add the page, or name another.`;
  return [{ severity: "warning", kind: "missing-target", rule: subject, message }];
}
