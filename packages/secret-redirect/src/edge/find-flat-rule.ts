import { type FlatRules, column } from "./flat-rules.ts";

/**
 * Returns the first rule that matches a path and holds, or the number of rules, as `findRule` does.
 *
 * @param path Normalised.
 * @param holds Whether what else a rule asks for is met; not asked where it asks for nothing.
 */
export function findFlatRule(
  flat: FlatRules,
  path: string,
  holds: (rule: number) => boolean,
): number {
  const { count, listOf, rows } = flat;
  const length = path.endsWith("/") ? path.length - 1 : path.length;
  if (listOf) {
    let list = listOf(0, path, 0, path.length);
    if (list < 0 && length < path.length) list = listOf(0, path, 0, length);
    if (list >= 0) return firstOf(flat, list, count, holds);
  }
  return rows.length > 0 ? findBelow(flat, 0, path, 0, length, count, holds) : count;
}

/** @param length Of the path without "/" at its end. */
function findBelow(
  flat: FlatRules,
  row: number,
  path: string,
  start: number,
  length: number,
  best: number,
  holds: (rule: number) => boolean,
): number {
  const { rows, rowOf, partials } = flat;
  if (start === length) {
    const list = rows[row + (length < path.length ? column.slash : column.end)] as number;
    return firstOf(flat, list, best, holds);
  }
  let found = firstOf(flat, rows[row + column.splat] as number, best, holds);
  const next = path.indexOf("/", start + 1);
  const end = next < 0 ? length : next;
  const literal = rows[row + column.literals] ? rowOf(row, path, start, end) : -1;
  if (literal >= 0) found = findBelow(flat, literal, path, end, length, found, holds);
  const partial = rows[row + column.partials] as number;
  if (partial) {
    for (const [first, last, owner] of partials[partial - 1] ?? []) {
      if (end - start <= first + last) continue;
      const text = `${path.slice(start, start + first)}*${path.slice(end - last, end)}`;
      const below = rowOf(owner, text, 0, text.length);
      if (below >= 0) found = findBelow(flat, below, path, end, length, found, holds);
    }
  }
  const any = rows[row + column.placeholder] as number;
  return any ? findBelow(flat, any, path, end, length, found, holds) : found;
}

function firstOf(
  { count, lists }: FlatRules,
  list: number,
  best: number,
  holds: (rule: number) => boolean,
): number {
  if (list <= count) return list > 0 && list <= best ? list - 1 : best;
  for (const rule of lists[list - count - 1] ?? []) {
    if (rule >= best) break;
    if (holds(rule)) return rule;
  }
  return best;
}
