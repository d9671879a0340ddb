import { TomlError, parse } from "smol-toml";
import { netlifyRule } from "./netlify-rule.ts";
import type { ImportedEntry } from "./redirect-source.ts";
import { leftover, redirectStatus } from "./redirect-status.ts";

// The names of today, and those that Netlify still reads.
const names: Readonly<Record<string, string>> = {
  from: "from",
  origin: "from",
  to: "to",
  destination: "to",
  status: "status",
  force: "force",
  query: "query",
  params: "query",
  parameters: "query",
  conditions: "conditions",
};

/** Returns the entries of `redirects` in netlify.toml. What else stands in the file is not read. */
export function netlifyToml(text: string): ImportedEntry[] {
  let file: Readonly<Record<string, unknown>>;
  try {
    file = parse(text);
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const [what = ""] = error.message.split("\n");
    return [{ line: error.line, message: `The file is not TOML: ${what}.` }];
  }
  const { redirects = [], headers } = file;
  const lines = linesOf(text, "redirects");
  if (!Array.isArray(redirects)) {
    return [
      { line: lines[0] ?? 1, message: "redirects is not a list. Write [[redirects]] before each." },
    ];
  }
  const headerLines = headers === undefined ? [] : linesOf(text, "headers");
  return [
    ...redirects.map((redirect: unknown, index) => ({
      line: lines[index] ?? lines.at(-1) ?? 1,
      ...readRedirect(redirect),
    })),
    ...headerLines.map((line) => ({ line, ...leftover.headers("got [[headers]]") })),
  ];
}

function readRedirect(redirect: unknown): ReturnType<typeof netlifyRule> {
  if (!isTable(redirect))
    return {
      message: `A redirect is not a table: got ${JSON.stringify(redirect)}. Write [[redirects]] before each.`,
    };
  const written = redirectStatus(redirect["status"] ?? 301);
  // A proxy has options of its own.
  if ("belongsTo" in written) return written;
  const read: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(redirect)) {
    const known = names[name];
    if (known === undefined) {
      return {
        message: `${name} is not supported: got ${JSON.stringify(value)}. Supported: ${Object.keys(names).join(", ")}.`,
      };
    }
    read[known] = value;
  }
  const { from, to, status, query = {}, conditions = {} } = read;
  if (!isTable(query))
    return { message: `query is not a table: got ${JSON.stringify(query)}. Give values by name.` };
  if (!isTable(conditions))
    return {
      message: `conditions is not a table: got ${JSON.stringify(conditions)}. Give values by name.`,
    };
  return netlifyRule({ from, to, ...(status !== undefined && { status }), query, conditions });
}

function isTable(value: unknown): value is Readonly<Record<string, unknown>> {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

/** The parser gives no lines: each table has a heading, and an inline list begins on one line. */
function linesOf(text: string, name: string): number[] {
  const heading = new RegExp(String.raw`^\s*(?:\[{1,2}\s*${name}\s*\]|${name}\s*=(?!\s*\{))`);
  return text.split("\n").flatMap((line, index) => (heading.test(line) ? [index + 1] : []));
}
