import type { CompiledRule } from "../compiled-secret-redirect.ts";
import { normalisePath } from "./normalise-path.ts";

/**
 * Returns what finds the rule of a path that is spelt otherwise than its rule: with escapes, dot segments, or
 * a slash at the end. It is a file of its own beside the bundle, for few requests have need of it.
 *
 * @param rules By the path's one spelling; `false` for a path that is listed because none matches it.
 */
export function createSpellingFinder(
  rules: ReadonlyMap<string, CompiledRule | false>,
): (uri: string) => CompiledRule | false | undefined {
  return (uri) => {
    const path = normalisePath(uri);
    return rules.get(path) ?? (path.endsWith("/") ? rules.get(path.slice(0, -1)) : false);
  };
}
