import type { EventHeader, EventHeaders } from "cf-types";
import type {
  CompiledHeaderSet,
  CompiledPathOverride,
  CompiledSecurityHeaders,
  HeaderLines,
} from "./compiled-security-headers.ts";

/** What is done to the headers of one response. */
export interface HeaderChanges {
  /** Set in place of what the response has. */
  readonly replace: HeaderLines;
  /** Set where the response has none of the name; false where there are none. */
  readonly keep: readonly (readonly [name: string, lines: HeaderLines[string]])[] | false;
  /**
   * What is replaced or taken away, by lower-case name: in any case, or where it has the value given. That
   * is how a header is recognized that a response headers policy has set, before the function, on a response
   * that is none of its own. False where nothing is taken away.
   */
  readonly drop: ReadonlyMap<string, string | true> | false;
}

/** The decision for a response, made from tables: `uri` and headers in, changes out. */
export type HeaderDecision = (uri: string, headers: Readonly<EventHeaders>) => HeaderChanges;

/**
 * Returns headers with the changes made: the same object where nothing is taken away, else a new one,
 * since `delete` makes every later step on an object several times slower.
 */
export function changedHeaders(
  headers: EventHeaders,
  { replace, keep, drop }: HeaderChanges,
): EventHeaders {
  const changed = Object.assign(drop ? {} : headers, replace) as EventHeaders;
  if (drop) {
    for (const name in headers) {
      const lines = headers[name] as EventHeader[];
      const dropped = drop.get(name);
      if (dropped !== true && dropped !== lines[0]?.value) changed[name] = lines;
    }
  }
  if (keep) {
    for (const [name, lines] of keep) {
      if (!Object.hasOwn(changed, name)) changed[name] = lines as EventHeader[];
    }
  }
  return changed;
}

/** Returns the decision that the handler makes for each response. */
export function headerDecision(compiled: CompiledSecurityHeaders): HeaderDecision {
  const { documentContentType, pathOverrides = [] } = compiled;
  const documentType = documentContentType && new RegExp(documentContentType, "i");
  const changes = changesOf(compiled, compiled);
  const find = pathOverrides.length > 0 && overrideFinder(compiled, pathOverrides);

  return (uri, headers) => {
    const found = (find && find(uri)) || changes;
    if (!documentType) return found[1];
    const contentType = headers["content-type"]?.[0];
    return found[!contentType || documentType.test(contentType.value) ? 0 : 1];
  };
}

type Changes = readonly [document: HeaderChanges, other: HeaderChanges];

/** The first pattern that matches counts, so one that is compared as it is may come too late. */
function overrideFinder(
  base: CompiledHeaderSet,
  pathOverrides: readonly CompiledPathOverride[],
): (uri: string) => Changes | undefined {
  const all = pathOverrides.map((each) => changesOf(base, each));
  const exact = new Map<string, number>();
  const patterns: [pattern: RegExp, index: number][] = [];
  for (const [index, { pathPattern, pattern }] of pathOverrides.entries()) {
    if (pattern !== undefined) patterns.push([new RegExp(pattern), index]);
    else if (!exact.has(pathPattern)) exact.set(pathPattern, index);
  }

  return (uri) => {
    const found = exact.get(uri) ?? all.length;
    for (const [pattern, index] of patterns) {
      if (index > found) break;
      if (pattern.test(uri)) return all[index];
    }
    return all[found];
  };
}

function changesOf(base: CompiledHeaderSet, set: CompiledHeaderSet): Changes {
  return [
    headerChanges(base, set, { ...set.headers, ...set.documentHeaders }),
    headerChanges(base, set, set.headers),
  ];
}

function headerChanges(
  base: CompiledHeaderSet,
  set: CompiledHeaderSet,
  headers: HeaderLines,
): HeaderChanges {
  const replace: Record<string, HeaderLines[string]> = {};
  const keep: [string, HeaderLines[string]][] = [];
  for (const [name, lines] of Object.entries(headers)) {
    if (set.keepIfPresent?.includes(name)) keep.push([name, lines]);
    else replace[name] = lines;
  }
  const drop = new Map<string, string | true>();
  for (const [name, [line]] of Object.entries({ ...base.headers, ...base.documentHeaders })) {
    if (line && line.value !== headers[name]?.[0]?.value) drop.set(name, line.value);
  }
  for (const name of set.removeHeaders ?? []) drop.set(name, true);
  if (drop.size > 0) for (const name in replace) drop.set(name, true);
  return {
    replace,
    keep: keep.length > 0 && keep,
    drop: drop.size > 0 && drop,
  };
}
