import type { CompiledSecretRedirect, RuleTree } from "../compiled-secret-redirect.ts";
import { type TableEntry, type TextTable, createTextTable } from "./text-table.ts";

/**
 * Compiled rules laid out flat. Lists of rules are numbers: of one rule that asks for nothing more than its
 * path, the rule's own with one added; 0 for none; above the number of rules, one of `lists`.
 */
export interface FlatRules {
  /** How many rules there are. */
  readonly count: number;
  readonly lists: readonly (readonly number[])[];
  /** The list of a listed path, which has the owner 0. Absent where no path is listed. */
  readonly listOf?: TextTable;
  /** The tree, row by row, the root first. Empty where there is none. */
  readonly rows: Int32Array;
  /** The row that comes next by a literal, whose owner is the row before, or by a partial. */
  readonly rowOf: TextTable;
  /** The characters that are compared at both ends of a segment, and the owner of their texts. */
  readonly partials: readonly (readonly FlatPartial[])[];
}

/** What is compared of a segment. */
export type FlatPartial = readonly [first: number, last: number, owner: number];

/** What a row has: three lists, a row, whether there are literals, and the number of its partials. */
export const column = {
  end: 0,
  slash: 1,
  splat: 2,
  placeholder: 3,
  literals: 4,
  partials: 5,
} as const;

/** Returns the flat form of compiled rules. */
export function flattenRules({ rules, paths, tree }: CompiledSecretRedirect): FlatRules {
  const lists: (readonly number[])[] = [];
  const numberOf = (list: readonly number[] = []): number => {
    const [rule = -1, ...others] = list;
    const isFree = others.length === 0 && !rules[rule]?.when;
    return isFree ? rule + 1 : rules.length + lists.push(list);
  };
  const listed = Object.entries(paths).map(([text, list]) => {
    return { owner: 0, text, value: numberOf(list) };
  });
  return {
    count: rules.length,
    lists,
    ...(listed.length > 0 && { listOf: createTextTable(listed) }),
    ...flattenTree(tree, numberOf),
  };
}

function flattenTree(
  tree: RuleTree | undefined,
  numberOf: (list?: readonly number[]) => number,
): Pick<FlatRules, "rows" | "rowOf" | "partials"> {
  const rows: number[] = [];
  const entries: TableEntry[] = [];
  const partials: FlatPartial[][] = [];
  let owners = 0;
  const addTable = (owner: number, table: Readonly<Record<string, RuleTree>>): void => {
    for (const [text, node] of Object.entries(table)) {
      entries.push({ owner, text, value: addRow(node) });
    }
  };
  const addRow = (node: RuleTree): number => {
    const row = rows.length;
    rows.push(numberOf(node.end), numberOf(node.slash ?? node.end), numberOf(node.splat));
    rows.push(0, node.literals ? 1 : 0, 0);
    // Next to its parent's, for it is read next.
    if (node.placeholder) rows[row + column.placeholder] = addRow(node.placeholder);
    addTable(row, node.literals ?? {});
    // A row owns its literals; partials have owners below.
    const own = node.partials?.map(([first, last, table]) => {
      const owner = (owners -= 1);
      addTable(owner, table);
      return [first, last, owner] as const;
    });
    if (own) rows[row + column.partials] = partials.push(own);
    return row;
  };
  if (tree) addRow(tree);
  return { rows: Int32Array.from(rows), rowOf: createTextTable(entries), partials };
}
