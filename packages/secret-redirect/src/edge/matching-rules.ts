import type { RuleTree } from "./compiled-secret-redirect.ts";

/**
 * Returns every rule whose pattern matches a path, in the order of the options. What else a rule asks
 * for is not looked at.
 *
 * @param path Normalised.
 */
export function matchingRules(tree: RuleTree, path: string): readonly number[] {
  const endsWithSlash = path.endsWith("/");
  const bare = endsWithSlash ? path.slice(0, -1) : path;
  const found = new Set<number>();
  collect(tree, bare, 0, endsWithSlash, found);
  return [...found].sort((one, other) => one - other);
}

/** @param at Where the next segment begins, at its "/". */
function collect(
  node: RuleTree,
  path: string,
  at: number,
  endsWithSlash: boolean,
  found: Set<number>,
): void {
  if (at === path.length) {
    for (const rule of (endsWithSlash && node.slash) || node.end || []) found.add(rule);
    return;
  }
  for (const rule of node.splat ?? []) found.add(rule);
  const next = path.indexOf("/", at + 1);
  const end = next < 0 ? path.length : next;
  const segment = path.slice(at, end);
  const children = [node.literals?.[segment], node.placeholder];
  for (const [first, last, table] of node.partials ?? []) {
    if (segment.length > first + last) {
      children.push(table[`${segment.slice(0, first)}*${segment.slice(segment.length - last)}`]);
    }
  }
  for (const child of children) if (child) collect(child, path, end, endsWithSlash, found);
}
