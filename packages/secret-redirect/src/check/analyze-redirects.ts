import type { ResolvedRule } from "../compile/resolve-rule.ts";
import { resolveRules } from "../compile/resolve-rules.ts";
import { isExact, ruleTree } from "../compile/rule-tree.ts";
import { systemClock } from "../edge/secret-redirect-ports.ts";
import { normalisePath } from "../edge/normalise-path.ts";
import type { SecretRedirectOptions } from "../compile/secret-redirect-options.ts";
import { coveringRules } from "./covering-rules.ts";
import { followRedirects } from "./follow-redirects.ts";
import type { RedirectFinding } from "./redirect-finding.ts";
import type { RedirectSite } from "./redirect-site.ts";
import { siteHas } from "./redirect-site.ts";

/**
 * Returns what is wrong with a set of rules as a whole: duplicates, rules that nothing can reach, loops,
 * chains, targets that the site does not have.
 *
 * @throws {SecretRedirectOptionsError} when an option is not valid.
 */
export function analyzeRedirects(
  options: SecretRedirectOptions,
  site: RedirectSite = {},
): RedirectFinding[] {
  const rules = resolveRules(options);
  const tree = ruleTree(rules);
  const now = (site.clock ?? systemClock).now();
  return rules.flatMap((rule, index) => [
    ...unreachable(rules, rule, index, coveringRules(tree, rule), now),
    ...followRedirects(rules, tree, index, site),
    ...hiddenFile(rule, site),
  ]);
}

function unreachable(
  rules: readonly ResolvedRule[],
  rule: ResolvedRule,
  index: number,
  covering: readonly number[],
  now: number,
): RedirectFinding[] {
  const { until } = rule.conditions.find((condition) => condition.in === "time") ?? {};
  if (until !== undefined && until <= now) {
    return [
      finding(
        rule,
        "warning",
        "unreachable",
        `${rule.subject} is over: its time ended at ${new Date(until).toISOString()}. Take it out.`,
      ),
    ];
  }
  const first = covering.find((other) => other < index && asksForNoMore(rules[other], rule));
  const other = first === undefined ? undefined : rules[first];
  if (other === undefined) return [];
  const isSame = patternKey(other) === patternKey(rule) && asksForNoMore(rule, other);
  return [
    isSame
      ? finding(
          rule,
          "warning",
          "duplicate",
          `${rule.subject} is never reached: ${other.subject} has the same from, ${JSON.stringify(rule.rule.from)}. Take one of them out.`,
        )
      : finding(
          rule,
          "warning",
          "shadowed",
          `${rule.subject} is never reached: ${other.subject}, ${JSON.stringify(other.rule.from)}, takes all that ${JSON.stringify(rule.rule.from)} matches. Put it before that rule.`,
        ),
  ];
}

function asksForNoMore(rule: ResolvedRule | undefined, than: ResolvedRule): boolean {
  const asked = new Set(than.conditions.map((condition) => JSON.stringify(condition)));
  return !!rule?.conditions.every((condition) => asked.has(JSON.stringify(condition)));
}

function patternKey({ pattern, isStrict }: ResolvedRule): string {
  const segments = pattern.segments.map((segment) =>
    "literal" in segment ? [segment.literal] : [segment.before, segment.after],
  );
  return JSON.stringify([
    segments,
    pattern.splatPrefix,
    isStrict,
    isStrict && pattern.endsWithSlash,
  ]);
}

function hiddenFile(rule: ResolvedRule, { siteFiles }: RedirectSite): RedirectFinding[] {
  if (!siteFiles || !isExact(rule) || rule.conditions.length > 0) return [];
  const path = normalisePath(rule.rule.from);
  if (!siteHas(siteFiles, path, true)) return [];
  return [
    finding(
      rule,
      "warning",
      "hidden-file",
      `${rule.subject} hides a file of the site: ${JSON.stringify(path)} is never served. Take the file or the rule out.`,
    ),
  ];
}

function finding(
  rule: ResolvedRule,
  severity: RedirectFinding["severity"],
  kind: RedirectFinding["kind"],
  message: string,
): RedirectFinding {
  return { severity, kind, rule: rule.subject, message };
}
