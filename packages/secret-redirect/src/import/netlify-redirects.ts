import { netlifyRule } from "./netlify-rule.ts";
import type { ImportedEntry } from "./redirect-source.ts";

/** Returns the entries of Netlify's `_redirects`. */
export function netlifyRedirects(text: string): ImportedEntry[] {
  return text.split(/\r?\n/).flatMap((written, index) => {
    const tokens = withoutComment(written.trim().split(/\s+/));
    return tokens.length === 0 ? [] : [{ line: index + 1, ...readLine(tokens) }];
  });
}

function withoutComment(tokens: readonly string[]): string[] {
  const comment = tokens.findIndex((token) => token.startsWith("#"));
  return tokens.slice(0, comment < 0 ? undefined : comment).filter(Boolean);
}

function readLine([from = "", ...rest]: readonly string[]): ReturnType<typeof netlifyRule> {
  const status = rest.findIndex((token) => /^\d+!?$/.test(token));
  const target = rest.findIndex((token) => /^(?:\/|https?:)/i.test(token));
  if (target < 0 && status < 0) {
    return {
      message: `The target is missing: got ${JSON.stringify([from, ...rest].join(" "))}. It starts with "/", "http:" or "https:".`,
    };
  }
  const query = pairs(rest.slice(0, target < 0 ? status : target));
  const behind = target < 0 ? rest.slice(status) : rest.slice(target + 1);
  const [first = ""] = behind;
  const hasStatus = behind.length > 0 && !first.includes("=");
  const conditions = pairs(hasStatus ? behind.slice(1) : behind);
  for (const read of [query, conditions]) if ("message" in read) return read;
  return netlifyRule({
    from,
    // A status alone forwards the path as it is.
    to: target < 0 ? from.replace(/\*$/, ":splat") : rest[target],
    ...(hasStatus && { status: first.replace(/!$/, "") }),
    query: "values" in query ? query.values : {},
    conditions: "values" in conditions ? conditions.values : {},
  });
}

function pairs(
  tokens: readonly string[],
): { values: Record<string, string> } | { message: string } {
  const values: Record<string, string> = {};
  for (const token of tokens) {
    const at = token.indexOf("=");
    if (at < 1) {
      return {
        message: `A name and value is expected: got ${JSON.stringify(token)}. Write name=value.`,
      };
    }
    values[token.slice(0, at)] = token.slice(at + 1);
  }
  return { values };
}
