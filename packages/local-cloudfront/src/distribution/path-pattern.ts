import { cloudFrontQuotas } from "cf-rules";
import { compileWildcards } from "./compile-wildcards.ts";
import type { CacheBehavior, Distribution } from "./distribution.ts";
import { normalizePath } from "./normalize-path.ts";

/** Whether a normalised path, without its leading slash, matches. */
type PathMatcher = (path: string) => boolean;

/** What a path pattern may be made of (CF-J-06). */
const allowedCharacters = /^[A-Za-z0-9_\-.*$/~"'@:+&?]*$/;
const { pathPatternCharacters } = cloudFrontQuotas;

/**
 * Returns what is wrong with a path pattern, as the rest of a sentence; undefined for a right one
 * (CF-J-06).
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesCacheBehavior.html#DownloadDistValuesPathPattern
 */
export function pathPatternProblem(pattern: string): string | undefined {
  if (pattern === "") return "must not be empty";
  if (pattern.length > pathPatternCharacters) {
    return `is longer than ${pathPatternCharacters} characters`;
  }
  return allowedCharacters.test(pattern)
    ? undefined
    : "holds a character that path patterns may not have";
}

/**
 * Returns the first cache behavior whose path pattern matches, else the default cache behavior
 * (CF-J-01, CF-J-09).
 *
 * @param uri raw path, starts with a slash; a query string is not looked at (CF-J-05).
 */
export function selectCacheBehavior(distribution: Distribution, uri: string): CacheBehavior {
  const behaviors = distribution.cacheBehaviors;
  const path = normalizePath(uri.split("?", 1)[0] ?? uri).slice(1);
  const index = matchersOf(behaviors).findIndex((matches) => matches(path));
  const selected = behaviors[index] ?? behaviors.at(-1);
  if (selected === undefined) throw new RangeError("A distribution has a default cache behavior.");
  return selected;
}

const compiled = new WeakMap<readonly CacheBehavior[], readonly PathMatcher[]>();

/** Patterns are compiled once per distribution, not once per request. */
function matchersOf(behaviors: readonly CacheBehavior[]): readonly PathMatcher[] {
  const known = compiled.get(behaviors);
  if (known !== undefined) return known;
  const matchers = behaviors.map(({ pathPattern, isDefault }) =>
    isDefault ? () => true : compilePathPattern(pathPattern),
  );
  compiled.set(behaviors, matchers);
  return matchers;
}

/**
 * `*` stands for any number of characters, slashes too, `?` for exactly one; upper and lower case differ; a
 * leading slash in the pattern is optional (CF-J-02 to CF-J-04, CF-J-12).
 */
function compilePathPattern(pattern: string): PathMatcher {
  return compileWildcards(pattern.replace(/^\//, ""));
}
