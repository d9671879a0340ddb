import type {
  CompiledHeaderSet,
  CompiledSecurityHeaders,
  HeaderLines,
} from "./compiled-security-headers.ts";
import type { DroppedHeaders, HeadersOf, ReadyRule, ReadySecurityHeaders } from "./header-rules.ts";

/** How an engine has headers, and looks up names. */
export interface HeaderFormat<Header, Names> {
  readonly headersOf: (lines: HeaderLines) => HeadersOf<Header>;
  /** @param names In lower case; there is one at least. */
  readonly namesOf: (names: readonly string[]) => Names;
}

/** Makes compiled options ready for an engine. */
export function readySecurityHeaders<Header, Names>(
  compiled: CompiledSecurityHeaders,
  format: HeaderFormat<Header, Names>,
): ReadySecurityHeaders<Header, Names> {
  const { documentContentType, pathOverrides = [] } = compiled;
  const ruleOf = (set: CompiledHeaderSet): ReadyRule<Header, Names> =>
    readyRule(compiled, set, format);
  const paths: Record<string, number> = {};
  const patterns: [RegExp, number][] = [];
  for (const [index, { pathPattern, pattern }] of pathOverrides.entries()) {
    if (pattern !== undefined) patterns.push([new RegExp(pattern), index]);
    else paths[pathPattern] ??= index;
  }
  return {
    documentType: documentContentType === undefined ? null : new RegExp(documentContentType, "i"),
    byDefault: ruleOf(compiled),
    rules: pathOverrides.map(ruleOf),
    paths,
    patterns,
  };
}

function readyRule<Header, Names>(
  base: CompiledHeaderSet,
  set: CompiledHeaderSet,
  { headersOf, namesOf }: HeaderFormat<Header, Names>,
): ReadyRule<Header, Names> {
  const { headers, documentHeaders = {}, keepIfPresent = [], removeHeaders = [] } = set;
  const kept = (lines: HeaderLines, isKept: boolean): HeadersOf<Header> => {
    const own = Object.entries(lines).filter(([name]) => keepIfPresent.includes(name) === isKept);
    return headersOf(Object.fromEntries(own));
  };
  return {
    replace: kept(headers, false),
    replaceOnDocuments: orNull(kept(documentHeaders, false)),
    keep: orNull(kept(headers, true)),
    keepOnDocuments: orNull(kept(documentHeaders, true)),
    remove: removeHeaders.length > 0 ? namesOf(removeHeaders) : null,
    dropFromDocuments: orNull(dropped(base, { ...headers, ...documentHeaders })),
    dropFromOthers: orNull(dropped(base, headers)),
  };
}

/** @param headers What the response gets. */
function dropped(base: CompiledHeaderSet, headers: HeaderLines): DroppedHeaders {
  const drop: Record<string, string> = {};
  for (const [name, [line]] of Object.entries({ ...base.headers, ...base.documentHeaders })) {
    if (line && line.value !== headers[name]?.[0]?.value) drop[name] = line.value;
  }
  return drop;
}

function orNull<Value extends object>(value: Value): Value | null {
  return Object.keys(value).length > 0 ? value : null;
}
