import type { RuleTree } from "./compiled-secret-redirect.ts";

/**
 * Returns every rule whose pattern matches a path, in the order of the options. What else a rule asks
 * for is not looked at.
 *
 * @param path Normalised.
 */
export function matchingRules(tree: RuleTree, path: string): readonly number[] {
  const endsWithSlash = path.endsWith("/");
  const length = path.length - (endsWithSlash ? 1 : 0);
  const found: number[] = [];
  const add = (rules: readonly number[] | undefined): void => {
    if (rules) rules.forEach((rule) => found.push(rule));
  };

  /** @param at Where the next segment begins, at its "/". */
  const collect = (node: RuleTree | undefined, at: number): void => {
    if (!node) return;
    if (at === length) {
      add((endsWithSlash && node.slash) || node.end);
      return;
    }
    add(node.splat);
    const next = path.indexOf("/", at + 1);
    const end = next < 0 ? length : next;
    const segment = path.slice(at, end);
    collect(node.literals?.[segment], end);
    collect(node.placeholder, end);
    node.partials?.forEach((partial) => {
      const first = partial[0];
      const last = segment.length - partial[1];
      if (last > first) {
        collect(partial[2][`${segment.slice(0, first)}*${segment.slice(last)}`], end);
      }
    });
  };

  collect(tree, 0);
  return found.sort((one, other) => one - other).filter((rule, index) => rule !== found[index - 1]);
}
