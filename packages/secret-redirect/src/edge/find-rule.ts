import type { RuleTree } from "../compiled-secret-redirect.ts";

/**
 * Returns the first rule of the tree that matches a path, or `best` where none comes before it.
 *
 * @param path Normalised, without "/" at its end.
 * @param at Where the next segment begins, at its "/".
 * @param slash Whether the path had a "/" at its end.
 * @param best The index of the best rule so far.
 * @param holds Whether what else the rule asks for is met.
 */
export function findRule(
  tree: RuleTree,
  path: string,
  at: number,
  slash: boolean,
  best: number,
  holds: (rule: number) => boolean,
): number {
  if (at === path.length) return firstOf((slash && tree.slash) || tree.end, best, holds);
  let found = firstOf(tree.splat, best, holds);
  const next = path.indexOf("/", at + 1);
  const end = next < 0 ? path.length : next;
  const segment = path.slice(at, end);
  const literal = tree.literals?.[segment];
  if (literal) found = findRule(literal, path, end, slash, found, holds);
  if (tree.partials) {
    for (const [first, last, table] of tree.partials) {
      const partial =
        segment.length > first + last &&
        table[`${segment.slice(0, first)}*${segment.slice(segment.length - last)}`];
      if (partial) found = findRule(partial, path, end, slash, found, holds);
    }
  }
  return tree.placeholder ? findRule(tree.placeholder, path, end, slash, found, holds) : found;
}

/** Returns the first of the rules that holds, or `best` where none before it does. */
export function firstOf(
  rules: readonly number[] | undefined,
  best: number,
  holds: (rule: number) => boolean,
): number {
  if (rules) {
    for (const rule of rules) {
      if (rule >= best) break;
      if (holds(rule)) return rule;
    }
  }
  return best;
}
