import { hostAndPath } from "./host-and-path.ts";
import type { ImportedEntry } from "./redirect-source.ts";
import { redirectStatus } from "./redirect-status.ts";

/**
 * Returns the entries of Cloudflare's `_redirects`. Cloudflare tries rules without placeholder and splat
 * first, but only those above the first rule that has one, so that the order is that of the file.
 */
export function cloudflareRedirects(text: string): ImportedEntry[] {
  return text.split(/\r?\n/).flatMap((written, index): ImportedEntry[] => {
    const line = written.trim();
    return line === "" || line.startsWith("#") ? [] : [{ line: index + 1, ...readLine(line) }];
  });
}

type Entry = ImportedEntry extends infer Each
  ? Each extends unknown
    ? Omit<Each, "line">
    : never
  : never;

function readLine(line: string): Entry {
  const words = line.split(/\s+/);
  const comment = words.findIndex((word, index) => index >= 2 && word.startsWith("#"));
  const [from = "", to, given = "302", ...others] = words.slice(0, comment < 0 ? 4 : comment);
  if (to === undefined || others.length > 0) {
    return {
      message: `Two or three words are expected: got ${JSON.stringify(line)}. Write path, target, and perhaps status.`,
    };
  }
  const source = hostAndPath(from);
  if (source === undefined)
    return { message: `The path is not a URL: got ${JSON.stringify(from)}. Give a path.` };
  const status = redirectStatus(given);
  if (!("status" in status)) return status;
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
