import type { AnalyzedRule } from "./analyzed-rules.ts";

/** What placeholders and splats may stand for: a name, a number, and for a splat also several segments. */
const samples = ["sample", "1"];

/** Returns paths that a rule matches, normalised; the first is the most telling. */
export function samplePaths({ pattern }: Pick<AnalyzedRule, "pattern">): readonly string[] {
  const { segments, splatPrefix, endsWithSlash } = pattern;
  const paths = samples.map((sample) => {
    const texts = segments.map((segment) =>
      "literal" in segment ? segment.literal : `${segment.before}${sample}${segment.after}`,
    );
    const rest = splatPrefix === undefined ? [] : [`${splatPrefix}${sample}`];
    const slash = endsWithSlash && rest.length === 0 && segments.length > 0 ? "/" : "";
    return `/${[...texts, ...rest].join("/")}${slash}`;
  });
  const deeper = splatPrefix === undefined ? [] : paths.map((path) => `${path}/sample`);
  return [...new Set([...paths, ...deeper])];
}
