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

/** Returns the rules that match one path and no other. */
export function exactRules(tree: RuleTree): readonly PathRules[] {
  const paths: PathRules[] = [];
  const ofPatterns = new Set<number>();

  const visit = (node: RuleTree, path: string | undefined): void => {
    const { literals = {}, partials = [], placeholder, splat = [], end = [], slash = end } = node;
    const patterns = path === undefined ? [...splat, ...end, ...slash] : splat;
    for (const rule of patterns) ofPatterns.add(rule);
    if (path !== undefined) paths.push({ path: path || "/", end, slash });
    for (const [segment, next] of Object.entries(literals)) {
      visit(next, path === undefined ? undefined : path + segment);
    }
    const others = partials.flatMap(([, , table]) => Object.values(table));
    for (const next of placeholder ? [...others, placeholder] : others) visit(next, undefined);
  };

  visit(tree, "");
  const exact = (rules: readonly number[]): number[] =>
    rules.filter((rule) => !ofPatterns.has(rule));
  return paths
    .map(({ path, end, slash }) => ({ path, end: exact(end), slash: exact(slash) }))
    .filter(({ end, slash }) => end.length + slash.length > 0);
}

/** Returns the tree of one path, with its rules numbered as they stand in a list. */
export function treeOfPath({ path, end, slash }: PathRules, indexes: readonly number[]): RuleTree {
  const numbers = new Map(indexes.map((index, number) => [index, number]));
  const segments = path.split("/").filter(Boolean);
  return segments.reduceRight<RuleTree>(
    (tree, segment) => ({ literals: { [`/${segment}`]: tree } }),
    treeOfSome({ end, slash }, numbers),
  );
}

/**
 * Returns a tree with some of its rules alone.
 *
 * @param numbers The numbers that they get, by those that they have: in the same order.
 */
export function treeOfSome(tree: RuleTree, numbers: ReadonlyMap<number, number>): RuleTree {
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

function hasRules(tree: RuleTree): boolean {
  return Object.keys(tree).length > 0;
}
