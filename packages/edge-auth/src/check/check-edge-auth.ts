import { policyHas } from "cf-rules";
import type { SynthesizedCacheBehavior, SynthesizedSite, SynthFinding } from "cf-types";
import type { CompiledEdgeAuth } from "../edge/compiled-edge-auth.ts";
import { readyEdgeAuth } from "../edge/ready-edge-auth.ts";
import { ruleOfPath } from "../edge/rule-of-path.ts";

/** Returns what on the site stays open in spite of the options, and what would be shown to others. */
export function checkEdgeAuth(
  compiled: CompiledEdgeAuth,
  site: SynthesizedSite,
): readonly SynthFinding[] {
  return [
    ...site.cacheBehaviors.flatMap((behavior) => checkCacheBehavior(compiled, behavior)),
    ...checkOpenFiles(compiled, site),
    ...compiled.rules.flatMap(({ token }, index) =>
      token?.secret === undefined ? [] : [secretInCode(index)],
    ),
  ];
}

function checkCacheBehavior(
  { ownHeaders }: CompiledEdgeAuth,
  { pathPattern, viewerProtocolPolicy, cachePolicy }: SynthesizedCacheBehavior,
): readonly SynthFinding[] {
  const subject = `Cache behavior ${JSON.stringify(pathPattern)}`;
  const findings: SynthFinding[] = [];
  if (viewerProtocolPolicy === "allow-all") {
    findings.push({
      severity: "error",
      message: `${subject} takes requests without TLS, which show passwords and tokens to the network. Set ViewerProtocolPolicy to redirect-to-https.`,
    });
  }
  const shared =
    cachePolicy.maxTtlSeconds === 0
      ? []
      : ownHeaders.filter((name) => !policyHas(cachePolicy, "header", name));
  if (shared.length > 0) {
    findings.push({
      severity: "error",
      message: `${subject} serves what the origin made for one viewer to others: ${shared.join(", ")} of claimHeaders is not in its cache key. Add it to the cache policy's headers, or take a cache policy that caches nothing.`,
    });
  }
  return findings;
}

/** Files that a rule protects, and whose cache behavior does not run the function. */
function checkOpenFiles(
  compiled: CompiledEdgeAuth,
  { siteFiles, pathPatternOf, cacheBehaviors }: SynthesizedSite,
): readonly SynthFinding[] {
  if (pathPatternOf === undefined) return [];
  const ready = readyEdgeAuth(compiled);
  const covered = new Set(cacheBehaviors.map(({ pathPattern }) => pathPattern));
  const open = new Map<string, string[]>();
  for (const file of siteFiles) {
    const path = `/${encodeURI(file)}`;
    const pattern = pathPatternOf(path);
    if (covered.has(pattern) || ruleOfPath(ready, path) === undefined) continue;
    open.set(pattern, [...(open.get(pattern) ?? []), path]);
  }
  return [...open].map(([pattern, [first = "", ...others]]) => ({
    severity: "error",
    message: `${first}${others.length > 0 ? ` and ${others.length} more` : ""} would be open: cache behavior ${JSON.stringify(pattern)} does not run edge-auth. Name it in the function's pathPatterns, or in publicPaths where everybody may see its files.`,
  }));
}

function secretInCode(index: number): SynthFinding {
  return {
    severity: "warning",
    message: `rules[${index}].token.secret stands in the function's code: who can read that can issue tokens. Prefer jwks or jwksUrl, whose keys are public.`,
  };
}
