import type { RuleTree } from "../edge/compiled-secret-redirect.ts";
import type { PatternSegment } from "../compile/path-pattern.ts";
import type { AnalyzedRule } from "./analyzed-rules.ts";

/**
 * Returns the rules of a tree that match every path that a rule matches, whatever else they ask for.
 */
export function coveringRules(
  tree: RuleTree,
  rule: Pick<AnalyzedRule, "pattern" | "isStrict">,
): number[] {
  const { segments, splatPrefix, endsWithSlash } = rule.pattern;
  const found: number[] = [];
  const visit = (node: RuleTree, at: number): void => {
    const segment = segments[at];
    const end = node.end ?? [];
    const slash = node.slash ?? end;
    if (segment !== undefined) {
      found.push(...(node.splat ?? []));
      for (const child of childrenFor(node, segment)) visit(child, at + 1);
    } else if (splatPrefix === undefined) {
      if (!rule.isStrict) found.push(...end.filter((index) => slash.includes(index)));
      else found.push(...(endsWithSlash ? slash : end));
    } else if (splatPrefix === "") {
      const isAtEnd = (index: number): boolean => rule.isStrict || end.includes(index);
      found.push(...(node.splat ?? []).filter(isAtEnd));
    } else {
      found.push(...(node.splat ?? []));
      for (const child of partialsFor(node, `/${splatPrefix}`, "")) {
        found.push(...(child.splat ?? []));
      }
    }
  };
  visit(tree, 0);
  return [...new Set(found)].sort((one, other) => one - other);
}

function childrenFor(node: RuleTree, segment: PatternSegment): RuleTree[] {
  const any = node.placeholder ? [node.placeholder] : [];
  if ("literal" in segment) {
    const literal = node.literals?.[`/${segment.literal}`];
    const partial = partialsFor(node, `/${segment.literal}`, "", true);
    return [...(literal ? [literal] : []), ...partial, ...any];
  }
  return [...partialsFor(node, `/${segment.before}`, segment.after), ...any];
}

/** The branches whose texts at begin and end are begin and end of these. */
function partialsFor(node: RuleTree, before: string, after: string, isWhole = false): RuleTree[] {
  const tail = isWhole ? before : after;
  return (node.partials ?? []).flatMap(([first, last, table]) => {
    if (first > before.length || last > tail.length) return [];
    if (isWhole && before.length <= first + last) return [];
    const child = table[`${before.slice(0, first)}*${tail.slice(tail.length - last)}`];
    return child ? [child] : [];
  });
}
