import type { RuleTree } from "../edge/compiled-secret-redirect.ts";
import { SecretRedirectOptionsError } from "../secret-redirect-options-error.ts";
import type { ResolvedRule } from "./resolve-rule.ts";

interface MutableTree {
  readonly literals: Map<string, MutableTree>;
  readonly partials: Map<string, Map<string, MutableTree>>;
  placeholder: MutableTree | undefined;
  readonly splat: number[];
  readonly end: number[];
  readonly slash: number[];
}

/** How many branches of the tree one path may be tried against, at most. */
const maxBranches = 256;

/**
 * Returns one tree of all rules. Looking a path up visits its segments, at most `maxBranches` times,
 * whatever the number of rules.
 *
 * @throws {SecretRedirectOptionsError} `TOO_MUCH_OVERLAP`.
 */
export function ruleTree(rules: readonly ResolvedRule[]): RuleTree {
  const root = emptyTree();
  for (const [index, rule] of rules.entries()) insert(root, rule, index);
  const tree = frozenTree(root);
  const branches = branchesOf(tree);
  if (branches > maxBranches) {
    throw new SecretRedirectOptionsError(
      "TOO_MUCH_OVERLAP",
      `rules overlap too much: one path would be tried against ${branches} branches. Allowed: ${maxBranches}. Let fewer patterns have a placeholder where others have text at the same place.`,
    );
  }
  return tree;
}

/** Whether a rule matches one path only. */
export function isExact({ pattern }: Pick<ResolvedRule, "pattern">): boolean {
  return (
    pattern.splatPrefix === undefined && pattern.segments.every((segment) => "literal" in segment)
  );
}

function insert(root: MutableTree, rule: ResolvedRule, index: number): void {
  let node = root;
  for (const segment of rule.pattern.segments) {
    node =
      "literal" in segment
        ? below(node.literals, `/${segment.literal}`)
        : segment.before || segment.after
          ? partial(node, `/${segment.before}`, segment.after)
          : (node.placeholder ??= emptyTree());
  }
  const { splatPrefix } = rule.pattern;
  if (splatPrefix === undefined) pushEnds(node, rule, index);
  else if (splatPrefix === "") {
    node.splat.push(index);
    if (!rule.isStrict) node.end.push(index);
    node.slash.push(index);
  } else {
    const begun = [below(node.literals, `/${splatPrefix}`), partial(node, `/${splatPrefix}`, "")];
    for (const each of begun)
      for (const list of [each.splat, each.end, each.slash]) list.push(index);
  }
}

function pushEnds(
  { end, slash }: Pick<MutableTree, "end" | "slash">,
  { isStrict, pattern }: ResolvedRule,
  index: number,
): void {
  if (!isStrict || !pattern.endsWithSlash) end.push(index);
  if (!isStrict || pattern.endsWithSlash) slash.push(index);
}

function partial(node: MutableTree, before: string, after: string): MutableTree {
  const shape = `${before.length},${after.length}`;
  const table = node.partials.get(shape) ?? new Map<string, MutableTree>();
  node.partials.set(shape, table);
  return below(table, `${before}*${after}`);
}

function below(table: Map<string, MutableTree>, key: string): MutableTree {
  const found = table.get(key) ?? emptyTree();
  table.set(key, found);
  return found;
}

function emptyTree(): MutableTree {
  return {
    literals: new Map(),
    partials: new Map(),
    placeholder: undefined,
    splat: [],
    end: [],
    slash: [],
  };
}

function frozenTree(node: MutableTree): RuleTree {
  const { splat, end, slash } = node;
  const table = (children: Map<string, MutableTree>): Record<string, RuleTree> =>
    Object.fromEntries([...children].map(([key, child]) => [key, frozenTree(child)]));
  return {
    ...(node.literals.size > 0 && { literals: table(node.literals) }),
    ...(node.partials.size > 0 && {
      partials: [...node.partials].map(([shape, children]) => {
        const [first = 0, last = 0] = shape.split(",").map(Number);
        return [first, last, table(children)] as const;
      }),
    }),
    ...(node.placeholder && { placeholder: frozenTree(node.placeholder) }),
    ...(splat.length > 0 && { splat }),
    ...(end.length > 0 && { end }),
    ...(String(slash) !== String(end) && { slash }),
  };
}

/** The most nodes that one path can visit. */
function branchesOf({ literals = {}, partials = [], placeholder }: RuleTree): number {
  const most = (table: Readonly<Record<string, RuleTree>>): number =>
    Object.values(table).reduce((sofar, each) => Math.max(sofar, branchesOf(each)), 0);
  return (
    1 +
    most(literals) +
    partials.reduce((sum, [, , table]) => sum + most(table), 0) +
    (placeholder ? branchesOf(placeholder) : 0)
  );
}
