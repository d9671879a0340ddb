import { CsvError, parse } from "csv-parse/sync";
import type { RedirectConditions, RedirectRule } from "../compile/redirect-rule.ts";
import type { ImportedEntry } from "./redirect-source.ts";
import { redirectStatus } from "./redirect-status.ts";

type Column =
  | "from"
  | "to"
  | "status"
  | "match"
  | "query"
  | "trailingSlash"
  | "cacheControl"
  | "host"
  | "country"
  | "language";

// Headings as they are met, in lower case and without spaces, "-" and "_".
const columns: Readonly<Record<string, Column>> = {
  from: "from",
  source: "from",
  path: "from",
  to: "to",
  target: "to",
  destination: "to",
  location: "to",
  status: "status",
  statuscode: "status",
  code: "status",
  type: "status",
  match: "match",
  query: "query",
  trailingslash: "trailingSlash",
  cachecontrol: "cacheControl",
  host: "host",
  country: "country",
  language: "language",
};
const withoutHeading: readonly Column[] = ["from", "to", "status"];

interface Row {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

/**
 * Returns the entries of a CSV file: with a line of headings, or with path, target and perhaps status in
 * this order. Several countries, languages or hosts are separated by spaces.
 */
export function csvRedirects(text: string): ImportedEntry[] {
  let rows: readonly Row[];
  try {
    rows = readRows(text);
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return [
      { line: Number(error["lines"] ?? 1), message: `The file is not CSV: ${error.message}.` },
    ];
  }
  const [first] = rows;
  if (first === undefined) return [];
  if (/^(?:\/|https?:)/i.test(first.record[0] ?? "")) {
    return rows.map((row) => ({ line: row.info.lines, ...readRow(row.record, withoutHeading) }));
  }
  const headings = first.record.map(
    (heading) => columns[heading.toLowerCase().replaceAll(/[\s_-]/g, "")],
  );
  const unknown = headings.indexOf(undefined);
  if (unknown >= 0) {
    const message = `A column is not supported: got ${JSON.stringify(first.record[unknown])}. Supported: ${[...new Set(Object.values(columns))].join(", ")}.`;
    return [{ line: first.info.lines, message }];
  }
  return rows.slice(1).map((row) => ({ line: row.info.lines, ...readRow(row.record, headings) }));
}

/** With `info`, the parser gives each record its line; its types do not say so. */
function readRows(text: string): readonly Row[] {
  const rows: unknown = parse(text, {
    bom: true,
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    trim: true,
  });
  return rows as readonly Row[];
}

function readRow(
  record: readonly string[],
  headings: readonly (Column | undefined)[],
): { rule: RedirectRule } | { message: string } {
  if (record.length > headings.length) {
    return {
      message: `The line has more columns than expected: got ${record.length}. Expected: ${headings.join(", ")}.`,
    };
  }
  const cells = new Map(record.map((cell, index) => [headings[index], cell]));
  const {
    from,
    to,
    status: given,
    host,
    country,
    language,
    ...others
  } = Object.fromEntries([...cells].filter(([, cell]) => cell !== "")) as Partial<
    Record<Column, string>
  >;
  if (from === undefined || to === undefined)
    return { message: "Path or target is missing. Give both." };
  const status = redirectStatus(given ?? 302);
  if ("message" in status) return status;
  const lists = Object.entries({ host, country, language }).flatMap(([name, cell]) =>
    cell === undefined ? [] : [[name, cell.split(/\s+/)] as const],
  );
  const conditions: RedirectConditions = Object.fromEntries(lists);
  return {
    rule: {
      from,
      to,
      status: status.status,
      ...(others as Partial<RedirectRule>),
      ...(lists.length > 0 && { conditions }),
    },
  };
}
