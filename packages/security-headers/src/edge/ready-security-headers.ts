import type {
  CompiledHeaderSet,
  CompiledSecurityHeaders,
  HeaderLines,
} from "./compiled-security-headers.ts";
import type { HeaderChanges, HeadersOf, ReadyRule, ReadySecurityHeaders } from "./header-rules.ts";

/** Makes compiled options ready, with headers as an engine has them. */
export function readySecurityHeaders<Header>(
  compiled: CompiledSecurityHeaders,
  headersOf: (lines: HeaderLines) => HeadersOf<Header>,
): ReadySecurityHeaders<Header> {
  const { documentContentType, pathOverrides = [] } = compiled;
  const ruleOf = (set: CompiledHeaderSet): ReadyRule<Header> => ({
    document: changesOf(compiled, set, { ...set.headers, ...set.documentHeaders }, headersOf),
    other: changesOf(compiled, set, set.headers, headersOf),
  });
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

function changesOf<Header>(
  base: CompiledHeaderSet,
  { keepIfPresent = [], removeHeaders = [] }: CompiledHeaderSet,
  headers: HeaderLines,
  headersOf: (lines: HeaderLines) => HeadersOf<Header>,
): HeaderChanges<Header> {
  const lines = Object.entries(headers);
  const replace = lines.filter(([name]) => !keepIfPresent.includes(name));
  const keep = lines.filter(([name]) => keepIfPresent.includes(name));
  const drop: Record<string, string | true> = {};
  for (const [name, [line]] of Object.entries({ ...base.headers, ...base.documentHeaders })) {
    if (line && line.value !== headers[name]?.[0]?.value) drop[name] = line.value;
  }
  for (const name of removeHeaders) drop[name] = true;
  const drops = Object.keys(drop).length > 0;
  if (drops) for (const [name] of replace) drop[name] = true;
  return {
    replace: headersOf(Object.fromEntries(replace)),
    keep: keepIfPresent.length > 0 ? headersOf(Object.fromEntries(keep)) : null,
    drop: drops ? drop : null,
  };
}
