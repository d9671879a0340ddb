import { compileRules } from "../compile/compile-secret-redirect.ts";
import { resolveRules } from "../compile/resolve-rules.ts";
import { isExact } from "../compile/rule-tree.ts";
import { systemClock } from "../edge/secret-redirect-ports.ts";
import { normalisePath } from "edge-handler";
import type { SecretRedirectOptions } from "../compile/secret-redirect-options.ts";
import { type AnalyzedRule, type AnalyzedRules, analyzedRules } from "./analyzed-rules.ts";
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
  const resolved = resolveRules(options);
  const nameOf = (_: unknown, index: number): string => resolved[index]?.subject ?? "";
  return analyzeRules(analyzedRules(compileRules(resolved), nameOf), site);
}

/** Returns the same of compiled rules. */
export function analyzeRules(analyzed: AnalyzedRules, site: RedirectSite): RedirectFinding[] {
  const { compiled, rules } = analyzed;
  const now = (site.clock ?? systemClock).now();
  return rules.flatMap((rule, index) => [
    ...unreachable(rules, rule, index, coveringRules(compiled.tree, rule), now),
    ...followRedirects(analyzed, index, site),
    ...hiddenFile(rule, site),
  ]);
}

function unreachable(
  rules: readonly AnalyzedRule[],
  rule: AnalyzedRule,
  index: number,
  covering: readonly number[],
  now: number,
): RedirectFinding[] {
  const { name } = rule;
  const { until } = rule.compiled;
  if (until !== undefined && until <= now) {
    return [
      finding(
        rule,
        "unreachable",
        `${name} is over: its time ended at ${new Date(until).toISOString()}. Take it out.`,
      ),
    ];
  }
  const first = covering.find((other) => other < index && asksForNoMore(rules[other], rule));
  const other = first === undefined ? undefined : rules[first];
  if (other === undefined) return [];
  const isSame = patternKey(other) === patternKey(rule) && asksForNoMore(rule, other);
  const from = JSON.stringify(rule.compiled.from);
  const otherFrom = JSON.stringify(other.compiled.from);
  const named = other.name.endsWith(otherFrom) ? other.name : `${other.name}, ${otherFrom},`;
  return [
    isSame
      ? finding(
          rule,
          "duplicate",
          `${name} is never reached: ${other.name} has the same from, ${otherFrom}. Take one of them out.`,
        )
      : finding(
          rule,
          "shadowed",
          `${name} is never reached: ${named} takes all that ${from} matches. Put it before that rule.`,
        ),
  ];
}

function asksForNoMore(rule: AnalyzedRule | undefined, than: AnalyzedRule): boolean {
  const asked = new Set(than.compiled.when?.map((condition) => JSON.stringify(condition)));
  return !!rule && (rule.compiled.when ?? []).every((each) => asked.has(JSON.stringify(each)));
}

function patternKey({ pattern, isStrict }: AnalyzedRule): string {
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

function hiddenFile(rule: AnalyzedRule, { siteFiles }: RedirectSite): RedirectFinding[] {
  if (!siteFiles || !isExact(rule) || rule.compiled.when) return [];
  const path = normalisePath(rule.compiled.from);
  if (!siteHas(siteFiles, path, true)) return [];
  return [
    finding(
      rule,
      "hidden-file",
      `${rule.name} hides a file of the site: ${JSON.stringify(path)} is never served. Take the file or the rule out.`,
    ),
  ];
}

function finding(
  { name }: AnalyzedRule,
  kind: RedirectFinding["kind"],
  message: string,
): RedirectFinding {
  return { severity: "warning", kind, rule: name, message };
}
