import type { RuleTree } from "./compiled-secret-redirect.ts";

/**
 * Returns every rule whose pattern matches a path, in the order of the options. What else a rule asks
 * for is not looked at.
 *
 * @param path Normalised.
 */
export function matchingRules(tree: RuleTree, path: string): readonly number[] {
  const endsWithSlash = path.endsWith("/");
  const found: number[] = [];
  collect(tree, endsWithSlash ? path.slice(0, -1) : path, 0, endsWithSlash, found);
  return found.length > 1 ? [...new Set(found)].sort((one, other) => one - other) : found;
}

/** @param at Where the next segment begins, at its "/". */
function collect(
  node: RuleTree,
  path: string,
  at: number,
  endsWithSlash: boolean,
  found: number[],
): void {
  if (at === path.length) {
    const ending = (endsWithSlash && node.slash) || node.end;
    for (const rule of ending ?? []) found.push(rule);
    return;
  }
  for (const rule of node.splat ?? []) found.push(rule);
  const next = path.indexOf("/", at + 1);
  const end = next < 0 ? path.length : next;
  const segment = path.slice(at, end);
  const visit = (child: RuleTree | undefined): void => {
    if (child) collect(child, path, end, endsWithSlash, found);
  };
  visit(node.literals?.[segment]);
  visit(node.placeholder);
  for (const [first, last, table] of node.partials ?? []) {
    if (segment.length > first + last) {
      visit(table[`${segment.slice(0, first)}*${segment.slice(segment.length - last)}`]);
    }
  }
}
