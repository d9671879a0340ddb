import type { SynthesizedCacheBehavior, SynthesizedSite, SynthFinding } from "cf-types";

/** What a function protects, and what the origin learns of a viewer. */
export interface Protection {
  /** As messages name it. */
  readonly packageName: string;
  /** Headers that describe a viewer to the origin, in lower case. */
  readonly ownHeaders: readonly string[];
  /** Whether a path is not open to everybody. */
  isProtected(path: string): boolean;
}

/** Returns what on the site stays open in spite of a function, and what would be shown to others. */
export function checkProtection(
  protection: Protection,
  site: SynthesizedSite,
): readonly SynthFinding[] {
  return [
    ...site.cacheBehaviors.flatMap((behavior) => checkCacheBehavior(protection, behavior)),
    ...checkOpenFiles(protection, site),
  ];
}

function checkCacheBehavior(
  { ownHeaders }: Protection,
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
      : ownHeaders.filter((name) => !isInCacheKey(cachePolicy.headers, name));
  if (shared.length > 0) {
    findings.push({
      severity: "error",
      message: `${subject} serves what the origin made for one viewer to others: ${shared.join(", ")} of claimHeaders is not in its cache key. Add it to the cache policy's headers, or take a cache policy that caches nothing.`,
    });
  }
  return findings;
}

function isInCacheKey(
  headers: SynthesizedCacheBehavior["cachePolicy"]["headers"],
  name: string,
): boolean {
  if (typeof headers === "string") return headers === "all";
  if ("allExcept" in headers) return !headers.allExcept.includes(name);
  const names = "allViewerAnd" in headers ? headers.allViewerAnd : headers;
  return "allViewerAnd" in headers || names.some((each) => each.toLowerCase() === name);
}

/** Files that are protected, and whose cache behavior does not run the function. */
function checkOpenFiles(
  { packageName, isProtected }: Protection,
  { siteFiles, pathPatternOf, cacheBehaviors }: SynthesizedSite,
): readonly SynthFinding[] {
  if (pathPatternOf === undefined) return [];
  const covered = new Set(cacheBehaviors.map(({ pathPattern }) => pathPattern));
  const open = new Map<string, string[]>();
  for (const file of siteFiles) {
    const path = `/${encodeURI(file)}`;
    const pattern = pathPatternOf(path);
    if (covered.has(pattern) || !isProtected(path)) continue;
    open.set(pattern, [...(open.get(pattern) ?? []), path]);
  }
  return [...open].map(([pattern, [first = "", ...others]]) => ({
    severity: "error",
    message: `${first}${others.length > 0 ? ` and ${others.length} more` : ""} would be open: cache behavior ${JSON.stringify(pattern)} does not run ${packageName}. Name it in the function's pathPatterns, or in publicPaths where everybody may see its files.`,
  }));
}
