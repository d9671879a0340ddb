import { TomlError, parse } from "smol-toml";
import { netlifyRule } from "./netlify-rule.ts";
import type { ImportedEntry } from "./redirect-source.ts";

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
  let redirects: unknown;
  try {
    redirects = parse(text)["redirects"] ?? [];
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const [what = ""] = error.message.split("\n");
    return [{ line: error.line, message: `The file is not TOML: ${what}.` }];
  }
  const lines = linesOf(text);
  if (!Array.isArray(redirects)) {
    return [
      { line: lines[0] ?? 1, message: "redirects is not a list. Write [[redirects]] before each." },
    ];
  }
  return redirects.map((redirect: unknown, index) => ({
    line: lines[index] ?? lines.at(-1) ?? 1,
    ...readRedirect(redirect),
  }));
}

function readRedirect(redirect: unknown): ReturnType<typeof netlifyRule> {
  if (!isTable(redirect))
    return {
      message: `A redirect is not a table: got ${JSON.stringify(redirect)}. Write [[redirects]] before each.`,
    };
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

/** The parser tells no lines: each table has a heading, and an inline list begins on one line. */
function linesOf(text: string): number[] {
  return text
    .split("\n")
    .flatMap((line, index) =>
      /^\s*(?:\[{1,2}\s*redirects\s*\]|redirects\s*=)/.test(line) ? [index + 1] : [],
    );
}
