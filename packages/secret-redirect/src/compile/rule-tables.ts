import type { CompiledSecretRedirect, RuleTree } from "../compiled-secret-redirect.ts";
import { findRule } from "../edge/find-rule.ts";
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
const mostBranches = 256;

/**
 * Returns the tables of the rules. Looking a path up visits its segments, at most `mostBranches` times,
 * whatever the number of rules.
 *
 * @throws {SecretRedirectOptionsError} `TOO_MUCH_OVERLAP`.
 */
export function ruleTables(
  rules: readonly ResolvedRule[],
): Pick<CompiledSecretRedirect, "paths" | "tree"> {
  const root = emptyTree();
  const exact: number[] = [];
  for (const [index, rule] of rules.entries()) {
    if (isExact(rule)) exact.push(index);
    else insert(root, rule, index);
  }
  const isFinal = (index: number): boolean => rules[index]?.conditions.length === 0;
  const tree = exact.length === rules.length ? undefined : frozenTree(root, isFinal);
  const branches = tree ? branchesOf(tree) : 0;
  if (branches > mostBranches) {
    throw new SecretRedirectOptionsError(
      "TOO_MUCH_OVERLAP",
      `rules overlap too much: one path would be tried against ${branches} branches. Allowed: ${mostBranches}. Let fewer patterns have a placeholder where others have text at the same place.`,
    );
  }
  return { paths: pathTable(rules, exact, tree, isFinal), ...(tree && { tree }) };
}

/** Returns one tree of all rules, with every rule in it that a path matches. */
export function treeOfAll(rules: readonly ResolvedRule[]): RuleTree {
  const root = emptyTree();
  for (const [index, rule] of rules.entries()) insert(root, rule, index);
  return frozenTree(root, () => false);
}

/** Whether a rule matches one path only. */
export function isExact({ pattern }: ResolvedRule): boolean {
  return (
    pattern.splatPrefix === undefined && pattern.segments.every((segment) => "literal" in segment)
  );
}

function pathTable(
  rules: readonly ResolvedRule[],
  exact: readonly number[],
  tree: RuleTree | undefined,
  isFinal: (index: number) => boolean,
): Record<string, number[]> {
  const found = new Map<string, { end: number[]; slash: number[] }>();
  for (const index of exact) {
    const rule = rules[index];
    if (!rule) continue;
    const path = literalPath(rule);
    const lists = found.get(path) ?? { end: [], slash: [] };
    found.set(path, lists);
    pushEnds(lists, rule, index);
  }
  const table: Record<string, number[]> = {};
  for (const [path, { end, slash }] of found) {
    const atEnd = upToFinal([...end, ...allInTree(tree, path, false)], isFinal);
    const atSlash = upToFinal([...slash, ...allInTree(tree, path, true)], isFinal);
    if (path !== "") table[path] = atEnd;
    if (path === "" || String(atEnd) !== String(atSlash)) table[`${path}/`] = atSlash;
  }
  return table;
}

function literalPath({ pattern }: ResolvedRule): string {
  return pattern.segments
    .map((segment) => ("literal" in segment ? `/${segment.literal}` : ""))
    .join("");
}

function allInTree(tree: RuleTree | undefined, path: string, slash: boolean): number[] {
  const found: number[] = [];
  if (!tree) return found;
  findRule(tree, path, 0, slash, Infinity, (rule) => {
    found.push(rule);
    return false;
  });
  return found;
}

/** In order, without those behind the first that asks for nothing more. */
function upToFinal(indexes: readonly number[], isFinal: (index: number) => boolean): number[] {
  const sorted = [...new Set(indexes)].sort((one, other) => one - other);
  const final = sorted.findIndex(isFinal);
  return final < 0 ? sorted : sorted.slice(0, final + 1);
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

function frozenTree(node: MutableTree, isFinal: (index: number) => boolean): RuleTree {
  const frozen = (child: MutableTree): RuleTree => frozenTree(child, isFinal);
  const table = (children: Map<string, MutableTree>): Record<string, RuleTree> =>
    Object.fromEntries([...children].map(([key, child]) => [key, frozen(child)]));
  const splat = upToFinal(node.splat, isFinal);
  const end = upToFinal(node.end, isFinal);
  const slash = upToFinal(node.slash, isFinal);
  return {
    ...(node.literals.size > 0 && { literals: table(node.literals) }),
    ...(node.partials.size > 0 && {
      partials: [...node.partials].map(([shape, children]) => {
        const [first = 0, last = 0] = shape.split(",").map(Number);
        return [first, last, table(children)] as const;
      }),
    }),
    ...(node.placeholder && { placeholder: frozen(node.placeholder) }),
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
