import { isPattern } from "../compile/path-pattern.ts";
import { hostAndPath } from "./host-and-path.ts";
import type { ImportedEntry } from "./redirect-source.ts";
import { redirectStatus } from "./redirect-status.ts";

/**
 * Returns the entries of Cloudflare's `_redirects`, in the order in which Cloudflare tries them: first
 * those without placeholder and splat.
 */
export function cloudflareRedirects(text: string): ImportedEntry[] {
  const entries = text.split(/\r?\n/).flatMap((written, index): ImportedEntry[] => {
    const line = written.trim();
    return line === "" || line.startsWith("#") ? [] : [{ line: index + 1, ...readLine(line) }];
  });
  const isDynamic = (entry: ImportedEntry): boolean =>
    "rule" in entry && isPattern(entry.rule.from);
  return [...entries.filter((each) => !isDynamic(each)), ...entries.filter(isDynamic)];
}

type Entry = ImportedEntry extends infer Each
  ? Each extends unknown
    ? Omit<Each, "line">
    : never
  : never;

function readLine(line: string): Entry {
  const [from = "", to, given = "302", ...others] = line.split(/\s+/);
  if (to === undefined || others.length > 0) {
    return {
      message: `Two or three words are expected: got ${JSON.stringify(line)}. Write path, target, and perhaps status.`,
    };
  }
  const source = hostAndPath(from);
  if (source === undefined)
    return { message: `The path is not a URL: got ${JSON.stringify(from)}. Give a path.` };
  const status = redirectStatus(given);
  if ("message" in status) return status;
  return {
    rule: {
      from: source.path,
      to,
      status: status.status,
      trailingSlash: "strict",
      ...(source.host !== undefined && { conditions: { host: source.host } }),
    },
  };
}
