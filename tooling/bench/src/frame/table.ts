import type { Spread } from "./spread.ts";

/** A table of results; all cells are Markdown. */
export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** What has to be reached, by the median. */
export type Target = { readonly atLeast: number } | { readonly atMost: number };

/** The columns of `targetRow`. */
export const targetColumns = ["", "min", "median", "max", "target", "reached"] as const;

/** Returns a row that holds a spread against its target. */
export function targetRow(
  name: string,
  spread: Spread,
  target?: Target,
  format: (value: number) => string = (value) => value.toPrecision(3),
): readonly string[] {
  const cells = [name, ...[spread.min, spread.median, spread.max].map(format)];
  if (target === undefined) return [...cells, "", ""];
  const [sign, limit, isReached] =
    "atLeast" in target
      ? (["≥", target.atLeast, spread.median >= target.atLeast] as const)
      : (["≤", target.atMost, spread.median <= target.atMost] as const);
  return [...cells, `${sign} ${format(limit)}`, isReached ? "yes" : "**no**"];
}

/** Writes a table in Markdown, numbers to the right. */
export function markdownTable({ columns, rows }: Table): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  const rule = columns.map((_, index) => (index === 0 ? "---" : "---:"));
  return [line(columns), line(rule), ...rows.map(line)].join("\n");
}
