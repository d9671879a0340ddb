import type { RuleTree } from "../edge/compiled-secret-redirect.ts";

/** The rules for one path. */
export interface PathRules {
  /** Normalised, without "/" at its end. */
  readonly path: string;
  /** Those that match it so, in the order of the options. */
  readonly end: readonly number[];
  /** Those that match it with "/" at its end. */
  readonly slash: readonly number[];
}

/** The rules of a tree by what they begin with. */
export interface RulesByPath {
  /** Those that match one path and no other. */
  readonly exact: readonly PathRules[];
  /** Patterns by the segments of text that they begin with: a path as of `PathRules`, `/` for none. */
  readonly patterns: ReadonlyMap<string, readonly number[]>;
}

/** Returns the rules of a tree by what they begin with. */
export function rulesByPath(tree: RuleTree): RulesByPath {
  const paths: PathRules[] = [];
  /** The path of each pattern; the shortest where it stands at several. */
  const patternPaths = new Map<number, string>();

  const visit = (node: RuleTree, path: string, isPattern: boolean): void => {
    const { literals = {}, partials = [], placeholder, splat = [], end = [], slash = end } = node;
    for (const rule of isPattern ? [...splat, ...end, ...slash] : splat) {
      const known = patternPaths.get(rule);
      if (known === undefined || path.length < known.length) patternPaths.set(rule, path);
    }
    if (!isPattern) paths.push({ path: path || "/", end, slash });
    for (const [segment, next] of Object.entries(literals)) {
      visit(next, isPattern ? path : path + segment, isPattern);
    }
    const others = partials.flatMap(([, , table]) => Object.values(table));
    for (const next of placeholder ? [...others, placeholder] : others) visit(next, path, true);
  };

  visit(tree, "", false);
  const exact = (rules: readonly number[]): number[] =>
    rules.filter((rule) => !patternPaths.has(rule));
  const patterns = new Map<string, number[]>();
  for (const [rule, path] of [...patternPaths].sort(([one], [other]) => one - other)) {
    patterns.set(path || "/", [...(patterns.get(path || "/") ?? []), rule]);
  }
  return {
    exact: paths
      .map(({ path, end, slash }) => ({ path, end: exact(end), slash: exact(slash) }))
      .filter(({ end, slash }) => end.length + slash.length > 0),
    patterns,
  };
}

/**
 * Returns a tree with some of its rules alone.
 *
 * @param numbers The numbers that they get, by those that they have: in the same order.
 */
function treeOfSome(tree: RuleTree, numbers: ReadonlyMap<number, number>): RuleTree {
  const kept = (rules: readonly number[]): number[] =>
    rules.flatMap((rule) => numbers.get(rule) ?? []);
  const table = (nodes: Readonly<Record<string, RuleTree>>): Record<string, RuleTree> =>
    Object.fromEntries(
      Object.entries(nodes)
        .map(([key, node]) => [key, treeOfSome(node, numbers)] as const)
        .filter(([, node]) => hasRules(node)),
    );
  const literals = table(tree.literals ?? {});
  const partials = (tree.partials ?? [])
    .map(([first, last, nodes]) => [first, last, table(nodes)] as const)
    .filter(([, , nodes]) => Object.keys(nodes).length > 0);
  const placeholder = tree.placeholder && treeOfSome(tree.placeholder, numbers);
  const splat = kept(tree.splat ?? []);
  const end = kept(tree.end ?? []);
  const slash = kept(tree.slash ?? tree.end ?? []);
  return {
    ...(Object.keys(literals).length > 0 && { literals }),
    ...(partials.length > 0 && { partials }),
    ...(placeholder && hasRules(placeholder) && { placeholder }),
    ...(splat.length > 0 && { splat }),
    ...(end.length > 0 && { end }),
    ...(String(slash) !== String(end) && { slash }),
  };
}

/**
 * Returns a tree with some of its rules alone, all of which begin with one path.
 *
 * @param path As of `PathRules`.
 */
export function treeAtPath(
  tree: RuleTree,
  path: string,
  numbers: ReadonlyMap<number, number>,
): RuleTree {
  const segments = path.split("/").filter(Boolean);
  const below = (node: RuleTree, depth: number): RuleTree => {
    const key = `/${segments[depth]}`;
    const next = node.literals?.[key];
    if (depth === segments.length || next === undefined) return treeOfSome(node, numbers);
    return { literals: { [key]: below(next, depth + 1) } };
  };
  return below(tree, 0);
}

function hasRules(tree: RuleTree): boolean {
  return Object.keys(tree).length > 0;
}
