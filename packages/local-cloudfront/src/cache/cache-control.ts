import type { HttpHeaders } from "../http/http-message.ts";

/** The directives of a response's Cache-Control that CloudFront acts on. */
export interface CacheControl {
  /** Seconds; undefined without the directive, 0 where its value is no number. */
  readonly maxAgeSeconds: number | undefined;
  readonly sMaxageSeconds: number | undefined;
  readonly staleWhileRevalidateSeconds: number | undefined;
  readonly staleIfErrorSeconds: number | undefined;
  /** The directive without field names. */
  readonly noCache: boolean;
  readonly noStore: boolean;
  readonly isPrivate: boolean;
  /** Lower-case names of the headers that `no-cache="…"` keeps out of the cache (CF-G-40). */
  readonly uncachedHeaders: readonly string[];
}

/** One directive: a token, and after `=` a token or a quoted string. */
const directivePattern =
  /([!#$%&'*+.^_`|~0-9a-z-]+)(?:\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,;"]*)))?/giy;

/**
 * Reads the Cache-Control of a response. Names have no case; of a directive that is given twice,
 * the first counts (RFC 9111, section 4.2.1).
 */
export function parseCacheControl(headers: HttpHeaders): CacheControl {
  const directives = parseDirectives(
    (headers["cache-control"] ?? []).map(({ value }) => value).join(","),
  );
  const noCache = directives.get("no-cache");
  return {
    maxAgeSeconds: deltaSeconds(directives.get("max-age")),
    sMaxageSeconds: deltaSeconds(directives.get("s-maxage")),
    staleWhileRevalidateSeconds: deltaSeconds(directives.get("stale-while-revalidate")),
    staleIfErrorSeconds: deltaSeconds(directives.get("stale-if-error")),
    noCache: noCache === "",
    noStore: directives.has("no-store"),
    isPrivate: directives.get("private") === "",
    uncachedHeaders: fieldNames(noCache),
  };
}

/** Returns the arguments by lower-case directive name; `""` for a directive without one. */
function parseDirectives(text: string): ReadonlyMap<string, string> {
  const directives = new Map<string, string>();
  for (const element of splitOutsideQuotes(text)) {
    directivePattern.lastIndex = 0;
    const match = directivePattern.exec(element);
    const name = match?.[1]?.toLowerCase();
    if (match === null || name === undefined || directives.has(name)) continue;
    directives.set(name, match[2]?.replaceAll(/\\(.)/gs, "$1") ?? match[3] ?? "");
  }
  return directives;
}

/** Splits at commas; one inside a quoted string does not separate. */
function splitOutsideQuotes(text: string): readonly string[] {
  const elements: string[] = [];
  let isQuoted = false;
  let start = 0;
  for (let index = 0; index < text.length; index++) {
    const character = text[index];
    if (character === '"') isQuoted = !isQuoted;
    else if (isQuoted && character === "\\") index++;
    else if (!isQuoted && character === ",") {
      elements.push(text.slice(start, index).trim());
      start = index + 1;
    }
  }
  elements.push(text.slice(start).trim());
  return elements;
}

/** FIDELITY CF-G-08: AWS does not speak of values that are no number; they count as 0, as RFC 9111 advises. */
function deltaSeconds(argument: string | undefined): number | undefined {
  if (argument === undefined) return undefined;
  return /^\d+$/.test(argument) ? Number(argument) : 0;
}

function fieldNames(argument: string | undefined): readonly string[] {
  return (argument ?? "")
    .split(",")
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== "");
}
