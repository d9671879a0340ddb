import { pathPatternSource } from "cf-rules";
import { isTextList } from "option-checks";
import { checks } from "../cache-headers-options-error.ts";
import type { CompiledCacheHeaders, CompiledCacheTags } from "../edge/compiled-cache-headers.ts";
import { lifetimeNames, refuseNoSeconds, yearSeconds } from "./cache-control.ts";
import type {
  CacheHeadersOptions,
  CacheLifetime,
  CacheRule,
  CacheTagRule,
} from "./cache-headers-options.ts";
import { compileRule, type CompiledRule } from "./compile-rule.ts";
import { removedHeaders } from "./removed-headers.ts";

const optionNames = [
  "rules",
  "hashedNames",
  "pages",
  "errorTtlSeconds",
  "cacheTagHeader",
  "cacheTags",
  "removeHeaders",
] as const satisfies readonly (keyof CacheHeadersOptions)[];

/** CF-G-20, and 410, which RFC 9110 lets caches keep. */
const keptErrors = [404, 410, 414, 500, 501, 502, 503, 504];

/**
 * Returns the options in the form that `createCacheHeaders` takes.
 *
 * @throws {CacheHeadersOptionsError} when an option is unknown, of the wrong type or not valid, when two contradict
 *   each other, or when a function may not remove a header at origin-response.
 */
export function compileCacheHeaders(options: CacheHeadersOptions = {}): CompiledCacheHeaders {
  checks.refuseUnknownKeys("", options, optionNames);
  const { cacheTagHeader, cacheTags = [], removeHeaders = [] } = options;
  const compiled = [
    ...userRules(options),
    ...builtInRule("hashedNames", options.hashedNames, {
      match: { hashedNames: true },
      byDefault: { browserTtlSeconds: yearSeconds, immutable: true },
    }),
    ...builtInRule("pages", options.pages, {
      match: { contentTypes: ["text/html", "application/xhtml+xml"] },
      byDefault: { edgeTtlSeconds: 60 },
    }),
    ...errorRules(options),
  ];
  refuseInvalidTagHeader(cacheTagHeader, cacheTags);
  return {
    rules: compiled.map(({ rule }) => rule),
    // What nobody asked for, nobody misses.
    lifetimes: compiled
      .filter(({ rule }) => isAskedFor(rule.name, options))
      .map(({ lifetime }) => lifetime),
    cacheTagHeader: cacheTagHeader ?? null,
    cacheTags: compileTags(cacheTags),
    removeHeaders: removedHeaders("removeHeaders", removeHeaders),
  };
}

function isAskedFor(name: string, options: CacheHeadersOptions): boolean {
  return name.startsWith("rules[") || options[name as keyof CacheHeadersOptions] !== undefined;
}

function userRules({ rules = [] }: CacheHeadersOptions): readonly CompiledRule[] {
  refuseNoList("rules", rules, '[{ "pathPattern": "/api/*", "edgeTtlSeconds": 60 }]');
  return rules.map((rule, index) => compileRule(`rules[${index}]`, rule));
}

interface BuiltIn {
  readonly match: CacheRule;
  readonly byDefault: CacheLifetime;
}

/** A rule of ours gives way to what the origin says. */
function builtInRule(
  name: "hashedNames" | "pages",
  given: CacheLifetime | false | undefined,
  { match, byDefault }: BuiltIn,
): readonly CompiledRule[] {
  if (given === false) return [];
  const lifetime = given ?? byDefault;
  checks.refuseUnknownKeys(name, lifetime, lifetimeNames);
  const compiled = compileRule(name, { ...lifetime, ...match });
  return [{ ...compiled, rule: { ...compiled.rule, keepsOwn: true } }];
}

/** CF-G-20: other errors are cached only where a lifetime says so, which an origin often says of all that it sends. */
function errorRules({ errorTtlSeconds = 10 }: CacheHeadersOptions): readonly CompiledRule[] {
  if (errorTtlSeconds === false) return [];
  refuseNoSeconds("errorTtlSeconds", errorTtlSeconds);
  const name = "errorTtlSeconds";
  return [
    compileRule(name, { statuses: keptErrors, edgeTtlSeconds: errorTtlSeconds }),
    compileRule(name, { statuses: ["4xx", "5xx"], cacheability: "no-store" }),
  ];
}

function refuseInvalidTagHeader(header: unknown, tags: unknown): void {
  if (header === undefined) {
    if (!Array.isArray(tags) || tags.length === 0) return;
    const remedy = "Set cacheTagHeader to the name that the distribution's CacheTagConfig has.";
    throw checks.mistake("CONTRADICTION", "cacheTags", "has no header to go into", tags, remedy);
  }
  if (typeof header === "string" && /^[A-Za-z][\w-]*$/.test(header)) return;
  const remedy = 'Give a name as in CacheTagConfig, as in "Cache-Tag".';
  throw checks.invalidValue("cacheTagHeader", "is not the name of a header", header, remedy);
}

function compileTags(rules: readonly CacheTagRule[]): readonly CompiledCacheTags[] {
  refuseNoList("cacheTags", rules, '[{ "pathPattern": "/products/*", "tags": ["products"] }]');
  return rules.map((rule, index) => {
    const subject = `cacheTags[${index}]`;
    checks.refuseUnknownKeys(subject, rule, ["pathPattern", "tags"]);
    const { pathPattern, tags } = rule;
    if (pathPattern !== undefined)
      checks.refuseInvalidPathPattern(`${subject}.pathPattern`, pathPattern);
    const isTag = (tag: string): boolean => /^(?:[!-+\--z|~]|\{[1-9]\}){1,256}$/.test(tag);
    if (!isTextList(tags) || tags.length === 0 || !tags.every(isTag)) {
      const remedy =
        'Give texts of at most 256 printable ASCII characters without comma and space; {1} to {9} stand for segments of the path, as in ["products", "product-{2}"].';
      throw checks.invalidValue(`${subject}.tags`, "is not a list of cache tags", tags, remedy);
    }
    return { ...(pathPattern !== undefined && { path: pathPatternSource(pathPattern) }), tags };
  });
}

function refuseNoList(subject: string, value: unknown, example: string): void {
  if (Array.isArray(value)) return;
  throw checks.invalidType(subject, "is not a list", value, `Give objects, as in ${example}.`);
}
