import type {
  CompiledRule,
  CompiledSecretRedirect,
  RuleTree,
} from "../edge/compiled-secret-redirect.ts";
import type { PathPattern, PatternSegment } from "../compile/path-pattern.ts";

/** A compiled rule with the pattern that the tree has of it. */
export interface AnalyzedRule {
  /** As messages name it. */
  readonly name: string;
  readonly compiled: CompiledRule;
  readonly pattern: PathPattern;
  readonly isStrict: boolean;
}

/** Rules as an analysis reads them: what the handler decides by, and nothing else. */
export interface AnalyzedRules {
  readonly compiled: CompiledSecretRedirect;
  readonly rules: readonly AnalyzedRule[];
}

type ReadPattern = Pick<AnalyzedRule, "pattern" | "isStrict">;

/**
 * Returns compiled rules with their patterns.
 *
 * @param nameOf How messages name a rule; by default as in `rule 3 "/old"`, or where it was written.
 */
export function analyzedRules(
  compiled: CompiledSecretRedirect,
  nameOf: (rule: CompiledRule, index: number) => string = ruleName,
): AnalyzedRules {
  const patterns = patternsOf(compiled);
  return {
    compiled,
    rules: compiled.rules.map((rule, index) => {
      const read = patterns.get(index);
      if (read === undefined) throw new Error(`The tree has no rule ${index}.`);
      return { name: nameOf(rule, index), compiled: rule, ...read };
    }),
  };
}

/** Returns how messages name a compiled rule. */
export function ruleName({ source, from }: CompiledRule, index: number): string {
  return source ?? `rule ${index} ${JSON.stringify(from)}`;
}

function patternsOf({ tree, rules }: CompiledSecretRedirect): ReadonlyMap<number, ReadPattern> {
  const found = new Map<number, ReadPattern>();
  const visit = (node: RuleTree, segments: readonly PatternSegment[]): void => {
    const { splat = [], end = [], slash = end } = node;
    for (const index of new Set([...splat, ...end, ...slash])) {
      // `/a*` stands in two branches: at "/a" itself, and at what begins with it.
      const before = found.get(index)?.pattern.segments.at(-1);
      const splatPrefix = before && "literal" in before ? before.literal : "";
      const isBegun = splatPrefix !== "";
      found.set(index, {
        pattern: {
          segments: isBegun ? segments.slice(0, -1) : segments,
          splatPrefix: splat.includes(index) ? splatPrefix : undefined,
          endsWithSlash: !!rules[index]?.from.endsWith("/"),
        },
        isStrict: !(end.includes(index) && slash.includes(index)),
      });
    }
    for (const [key, child] of Object.entries(node.literals ?? {})) {
      visit(child, [...segments, { literal: key.slice(1) }]);
    }
    if (node.placeholder)
      visit(node.placeholder, [...segments, { name: "", before: "", after: "" }]);
    for (const [first, last, table] of node.partials ?? []) {
      for (const [key, child] of Object.entries(table)) {
        const before = key.slice(1, first);
        const after = key.slice(key.length - last);
        visit(child, [...segments, { name: "", before, after: last === 0 ? "" : after }]);
      }
    }
  };
  visit(tree, []);
  return found;
}
