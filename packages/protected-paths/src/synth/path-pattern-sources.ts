import { pathPatternSource } from "cf-rules";
import { normaliseText } from "edge-handler";
import type { OptionChecks, OptionMistake } from "option-checks";

/**
 * Returns path patterns as sources of regular expressions.
 *
 * @param name The option, as in `publicPaths`.
 * @throws what `checks` makes of a pattern that is none, or that no path is spelt as
 */
export function pathPatternSources<Mistake extends Error>(
  name: string,
  pathPatterns: unknown,
  checks: Pick<OptionChecks<OptionMistake, Mistake>, "mistake" | "refuseInvalidPathPattern">,
): readonly string[] {
  if (!Array.isArray(pathPatterns)) {
    const remedy = 'Give path patterns, as in ["/admin/*"].';
    throw checks.mistake("INVALID_TYPE", name, "is not a list", pathPatterns, remedy);
  }
  return pathPatterns.map((pathPattern: string, index) => {
    const subject = `${name}[${index}]`;
    checks.refuseInvalidPathPattern(subject, pathPattern);
    const spelt = pathPattern.split("?").map(normaliseText).join("?");
    if (spelt !== pathPattern) {
      const remedy = `Write ${JSON.stringify(spelt)}: what needs no percent-encoding has none.`;
      throw checks.mistake("INVALID_VALUE", subject, "is spelt as no path is", pathPattern, remedy);
    }
    return pathPatternSource(pathPattern);
  });
}
