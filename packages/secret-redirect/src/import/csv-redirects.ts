import { CsvError, parse } from "csv-parse/sync";
import type { RedirectConditions, RedirectRule } from "../compile/redirect-rule.ts";
import { hostAndPath } from "./host-and-path.ts";
import type { ImportedEntry, NoRedirect } from "./redirect-source.ts";
import { regexPattern } from "./regex-pattern.ts";
import { leftover, redirectStatus } from "./redirect-status.ts";

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
  | "language"
  | "regex"
  /** What a plug-in does with the path, and how it finds it. */
  | "action"
  | "finder"
  | "enabled"
  | "ignored";

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
  regex: "regex",
};

// https://help.shopify.com/en/manual/online-store/menus-and-links/url-redirect
const shopifyColumns: Readonly<Record<string, Column>> = {
  redirectfrom: "from",
  redirectto: "to",
};

// https://redirection.me/support/import-export-redirects/
const wordPressColumns: Readonly<Record<string, Column>> = {
  source: "from",
  sourceurl: "from",
  target: "to",
  targeturl: "to",
  regex: "regex",
  code: "status",
  httpcode: "status",
  type: "action",
  match: "finder",
  status: "enabled",
  hits: "ignored",
  title: "ignored",
  group: "ignored",
};

const withoutHeading: readonly Column[] = ["from", "to", "status"];

/** How the lines of a file are read. */
interface Layout {
  readonly headings: readonly (Column | undefined)[];
  /** Of a line without one. */
  readonly status: number;
}

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
    rows = parsedRows(text);
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return [
      { line: Number(error["lines"] ?? 1), message: `The file is not CSV: ${error.message}.` },
    ];
  }
  const [first] = rows;
  if (first === undefined) return [];
  if (/^(?:\/|https?:)/i.test(first.record[0] ?? "")) {
    return readRows(rows, { headings: withoutHeading, status: 302 });
  }
  const layout = layoutOf(first.record);
  const unknown = layout.headings.indexOf(undefined);
  if (unknown >= 0) {
    const message = `A column is not supported: got ${JSON.stringify(first.record[unknown])}. Supported: ${[...new Set(Object.values(columns))].join(", ")}; the columns of Shopify and of WordPress's Redirection.`;
    return [{ line: first.info.lines, message }];
  }
  return readRows(rows.slice(1), layout);
}

function layoutOf(written: readonly string[]): Layout {
  const names = written.map((heading) => heading.toLowerCase().replaceAll(/[\s_-]/g, ""));
  const isShopify = names.includes("redirectfrom");
  // Its `type` and `match` mean something else than ours.
  const isWordPress = names.includes("regex") && names.some((name) => /^(?:http)?code$/.test(name));
  const known = isShopify ? shopifyColumns : isWordPress ? wordPressColumns : columns;
  return {
    headings: names.map((name) => known[name]),
    status: known === columns ? 302 : 301,
  };
}

function readRows(rows: readonly Row[], layout: Layout): ImportedEntry[] {
  return rows.flatMap(({ record, info }) =>
    readRow(record, layout).map((entry) => ({ line: info.lines, ...entry })),
  );
}

/** With `info`, the parser gives each record its line; its types do not say so. */
function parsedRows(text: string): readonly Row[] {
  const rows: unknown = parse(text, {
    bom: true,
    delimiter: delimiterOf(text),
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    trim: true,
  });
  return rows as readonly Row[];
}

/** What parts the first line most; spreadsheets write ";" where "," is the decimal sign. */
function delimiterOf(text: string): string {
  const line = /^.*\S.*$/m.exec(text.replaceAll(/"[^"]*"/g, ""))?.[0] ?? "";
  const count = (sign: string): number => line.split(sign).length;
  return [",", ";", "\t"].reduce((most, sign) => (count(sign) > count(most) ? sign : most));
}

type Cells = Partial<Record<Column, string>>;

function readRow(
  record: readonly string[],
  { headings, status: defaultStatus }: Layout,
): readonly ({ rule: RedirectRule } | NoRedirect)[] {
  if (record.length > headings.length) {
    const expected = headings.filter((heading) => heading !== "ignored").join(", ");
    return [
      {
        message: `The line has more columns than expected: got ${record.length}. Expected: ${expected}.`,
      },
    ];
  }
  const written = record.map((cell, index) => [headings[index], cell] as const);
  const cells: Cells = Object.fromEntries(written.filter(([, cell]) => cell !== ""));
  const { from, to, status: given, host, country, language, ...others } = cells;
  const {
    regex,
    action: _action,
    finder: _finder,
    enabled: _enabled,
    ignored: _,
    ...options
  } = others;
  const unfit = notByPath(cells);
  if (unfit !== undefined) return [unfit];
  if (from === undefined || to === undefined) {
    return [{ message: "Path or target is missing. Give both." }];
  }
  const status = redirectStatus(given ?? defaultStatus);
  if (!("status" in status)) return [status];
  const source = sourceOf(from, to, isTrue(regex));
  if ("message" in source) return [source];
  const lists = Object.entries({ host, country, language }).flatMap(([name, cell]) =>
    cell === undefined ? [] : [[name, cell.split(/\s+/)] as const],
  );
  const conditions: RedirectConditions = { ...source.conditions, ...Object.fromEntries(lists) };
  const hasConditions = Object.keys(conditions).length > 0;
  return source.paths.map((paths) => ({
    rule: {
      ...paths,
      status: status.status,
      ...(options as Partial<RedirectRule>),
      ...(hasConditions && { conditions }),
    },
  }));
}

/** What WordPress's Redirection does otherwise than by redirecting from a path. */
function notByPath({ action = "url", finder = "url", enabled, to }: Cells): NoRedirect | undefined {
  const got = `got ${JSON.stringify(action)}`;
  if (enabled !== undefined && !/^(?:enabled|active|1)$/i.test(enabled)) {
    return {
      message: `The redirect is switched off, and is left out: got ${JSON.stringify(enabled)}.`,
      belongsTo: undefined,
    };
  }
  if (action === "pass") return leftover.rewrite(got);
  if (action === "error") return leftover.errorPage(got);
  if (action === "nothing") {
    return { message: `The rule does nothing, and is left out: ${got}.`, belongsTo: undefined };
  }
  // Its exports name the action in both columns, and have no target where there are several.
  if (action === "url" && finder === "url" && to !== "*") return undefined;
  return {
    message: `The redirect depends on more than the path: ${got} and ${JSON.stringify(finder)}. Supported: url in both.`,
  };
}

function isTrue(cell: string | undefined): boolean {
  return cell !== undefined && /^(?:1|true|yes)$/i.test(cell);
}

/** Of an absolute URL the host is a condition, as is what is asked of the query string. */
function sourceOf(
  from: string,
  to: string,
  isRegex: boolean,
):
  | {
      readonly paths: readonly Pick<RedirectRule, "from" | "to" | "trailingSlash">[];
      readonly conditions: RedirectConditions;
    }
  | NoRedirect {
  if (isRegex) {
    const paths = regexPattern(from, to);
    return paths === undefined
      ? {
          message: `The regular expression is not supported: got ${JSON.stringify(from)}. Supported: ^ and a path of text, ([^/]+), and at the end (.*), (.+), /? and $.`,
        }
      : { paths, conditions: {} };
  }
  const source = hostAndPath(from);
  if (source === undefined) {
    return {
      message: `The path is not a URL: got ${JSON.stringify(from)}. Give a path, or a URL with a host.`,
    };
  }
  const [path = "", query = ""] = source.path.split(/\?(.*)/s);
  const parameters = Object.fromEntries(new URLSearchParams(query));
  return {
    paths: [{ from: path, to }],
    conditions: {
      ...(source.host !== undefined && { host: source.host }),
      ...(query !== "" && { query: parameters }),
    },
  };
}
