import type { EventHeaders } from "cf-types";
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
  /** Set where the response has none of the name; absent where there are none. */
  readonly keep?: HeaderLines;
  /**
   * What is taken away, by lower-case name: in any case, or where it has the value given. That is how a
   * header is recognized that a response headers policy has set, before the function, on a response that
   * is none of its own.
   */
  readonly drop: ReadonlyMap<string, string | true>;
}

/** What is done to a response, and why. */
export interface HeaderDecision {
  /** The path override that decides; absent where none matches. */
  readonly override?: CompiledPathOverride;
  /** Whether the response counts as a document. */
  readonly isDocument: boolean;
  readonly changes: HeaderChanges;
}

/** The decisions on a document and on any other response. */
interface Rule {
  readonly document: HeaderDecision;
  readonly other: HeaderDecision;
}

/**
 * What is no document by its path. A 304 comes without a Content-Type, and its headers take the place of those
 * that the browser has stored (RFC 9111, 3.2): a worker's script would have the document's policy from then on.
 */
const otherPath = /\.(?!x?html?$)\w+$/i;

/** Returns the decision on each response by its path, its headers and its status, as in `"200"`. */
export function createHeaderDecision(
  compiled: CompiledSecurityHeaders,
): (uri: string, headers: Readonly<EventHeaders>, status: string) => HeaderDecision {
  const { documentContentType, pathOverrides = [] } = compiled;
  const documentType = documentContentType && new RegExp(documentContentType, "i");
  const byDefault = ruleOf(compiled);
  const rules = pathOverrides.map((override) => ruleOf(compiled, override));
  // A site may have an override for each page, so that paths are looked up.
  const indexByPath = new Map<string, number>();
  const patterns: [pattern: RegExp, index: number][] = [];
  for (const [index, { pathPattern, pattern }] of pathOverrides.entries()) {
    if (pattern !== undefined) patterns.push([new RegExp(pattern), index]);
    else if (!indexByPath.has(pathPattern)) indexByPath.set(pathPattern, index);
  }

  const ruleFor = (uri: string): Rule => {
    const listed = indexByPath.get(uri) ?? rules.length;
    // The first that matches counts, so that a path may come after a pattern.
    const matched = patterns.find(([pattern, index]) => index < listed && pattern.test(uri));
    return rules[matched?.[1] ?? listed] ?? byDefault;
  };

  return (uri, headers, status) => {
    const rule = rules.length > 0 ? ruleFor(uri) : byDefault;
    if (!documentType) return rule.document;
    const contentType = headers["content-type"]?.[0];
    const isDocument = contentType
      ? documentType.test(contentType.value)
      : status !== "304" || !otherPath.test(uri);
    return isDocument ? rule.document : rule.other;
  };
}

/**
 * Returns headers with the changes made: the same object where nothing is taken away, else a new one,
 * since `delete` makes every later step on an object several times slower.
 */
export function changedHeaders(
  headers: EventHeaders,
  { replace, keep, drop }: HeaderChanges,
): EventHeaders {
  const changed = Object.assign(drop.size > 0 ? {} : headers, replace) as EventHeaders;
  if (changed !== headers) {
    for (const [name, lines] of Object.entries(headers)) {
      const dropped = drop.get(name);
      if (dropped !== true && dropped !== lines[0]?.value) changed[name] = lines;
    }
  }
  return keep ? (Object.assign({ ...keep }, changed) as EventHeaders) : changed;
}

function ruleOf(base: CompiledHeaderSet, override?: CompiledPathOverride): Rule {
  const { headers, documentHeaders } = override ?? base;
  const decision = (isDocument: boolean): HeaderDecision => ({
    ...(override && { override }),
    isDocument,
    changes: changesOf(base, override ?? base, {
      ...headers,
      ...(isDocument && documentHeaders),
    }),
  });
  return { document: decision(true), other: decision(false) };
}

function changesOf(
  base: CompiledHeaderSet,
  { keepIfPresent = [], removeHeaders = [] }: CompiledHeaderSet,
  headers: HeaderLines,
): HeaderChanges {
  const lines = Object.entries(headers);
  const replace = Object.fromEntries(lines.filter(([name]) => !keepIfPresent.includes(name)));
  const keep = Object.fromEntries(lines.filter(([name]) => keepIfPresent.includes(name)));
  const drop = new Map<string, string | true>();
  for (const [name, [line]] of Object.entries({ ...base.headers, ...base.documentHeaders })) {
    if (line && line.value !== headers[name]?.[0]?.value) drop.set(name, line.value);
  }
  for (const name of removeHeaders) drop.set(name, true);
  if (drop.size > 0) for (const name in replace) drop.set(name, true);
  return { replace, ...(keepIfPresent.length > 0 && { keep }), drop };
}
