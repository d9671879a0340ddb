import type { SynthesizedCacheBehavior, SynthFinding } from "cf-types";
import type { CompiledCacheHeaders, CompiledLifetime } from "../edge/compiled-cache-headers.ts";

/** What a check found. */
export type CacheHeadersFinding = SynthFinding;

/** The distribution as far as it can contradict the options. */
export interface CacheHeadersSurroundings {
  /** The cache behaviors that run the function. */
  readonly cacheBehaviors: readonly Pick<SynthesizedCacheBehavior, "pathPattern" | "cachePolicy">[];
  /** The path pattern of the cache behavior that takes a path; absent where that is not known. */
  readonly pathPatternOf?: (path: string) => string;
  /** Seconds by error status, of the custom error responses that name a minimum TTL. */
  readonly errorCachingMinTtlSeconds?: Readonly<Record<number, number>>;
  /** What the distribution's CacheTagConfig names, `""` where it has none; absent where that is not known. */
  readonly cacheTagHeader?: string;
}

/** CF-G-21: where a distribution does not say otherwise. */
const defaultErrorTtlSeconds = 10;

/**
 * Returns what in the options the distribution does not do: lifetimes beyond the TTLs of a cache policy, and tags that
 * nobody reads.
 */
export function checkCacheHeaders(
  compiled: CompiledCacheHeaders,
  surroundings: CacheHeadersSurroundings,
): readonly CacheHeadersFinding[] {
  const behaviors = surroundings.cacheBehaviors.flatMap((behavior) => [
    ...uncached(behavior),
    ...compiled.lifetimes
      .filter((lifetime) => isFor(lifetime, behavior.pathPattern, surroundings))
      .flatMap((lifetime) => beyondPolicy(lifetime, behavior)),
  ]);
  const errors = compiled.lifetimes.flatMap((lifetime) => longerErrors(lifetime, surroundings));
  return [...behaviors, ...errors, ...unreadTags(compiled, surroundings)];
}

type Behavior = CacheHeadersSurroundings["cacheBehaviors"][number];

function isFor(
  { examplePath }: CompiledLifetime,
  pathPattern: string,
  { pathPatternOf }: CacheHeadersSurroundings,
): boolean {
  if (examplePath === undefined || pathPatternOf === undefined) return true;
  return pathPatternOf(examplePath) === pathPattern;
}

function isUncached({ cachePolicy }: Behavior): boolean {
  return cachePolicy.maxTtlSeconds === 0;
}

function uncached(behavior: Behavior): readonly CacheHeadersFinding[] {
  if (!isUncached(behavior)) return [];
  return [
    warning(
      `Cache behavior ${JSON.stringify(behavior.pathPattern)} caches nothing: its cache policy has a maximum TTL of 0, so that lifetimes reach browsers alone. Take it out of the function's pathPatterns, or give it another cache policy.`,
    ),
  ];
}

/** CF-G-08, CF-G-09, CF-G-11. */
function beyondPolicy(
  { rule, edgeTtlSeconds, staleSeconds = 0, errorStatuses = [] }: CompiledLifetime,
  behavior: Behavior,
): readonly CacheHeadersFinding[] {
  const { minTtlSeconds, maxTtlSeconds } = behavior.cachePolicy;
  if (isUncached(behavior)) return [];
  const where = `the cache policy of ${JSON.stringify(behavior.pathPattern)}`;
  const longest = Math.max(edgeTtlSeconds ?? 0, staleSeconds);
  const isError = errorStatuses.length > 0;
  if (maxTtlSeconds !== undefined && longest > maxTtlSeconds) {
    return [
      warning(
        `${rule} keeps responses for ${longest} s, and ${where} for ${maxTtlSeconds} s at most. Give the rule at most ${maxTtlSeconds} s, or raise the policy's maximum TTL.`,
      ),
    ];
  }
  if (isError || minTtlSeconds === 0 || (edgeTtlSeconds ?? 0) >= minTtlSeconds) return [];
  return [
    edgeTtlSeconds === undefined
      ? warning(
          `${rule} keeps responses out of CloudFront's cache, but ${where} keeps each for ${minTtlSeconds} s all the same: what was meant for one viewer may go to another. Set the policy's minimum TTL to 0.`,
        )
      : warning(
          `${rule} keeps responses for ${edgeTtlSeconds} s, and ${where} for ${minTtlSeconds} s at least. Give the rule at least ${minTtlSeconds} s, or lower the policy's minimum TTL.`,
        ),
  ];
}

/** CF-G-21. */
function longerErrors(
  { rule, edgeTtlSeconds, errorStatuses = [] }: CompiledLifetime,
  { errorCachingMinTtlSeconds = {} }: CacheHeadersSurroundings,
): readonly CacheHeadersFinding[] {
  if (edgeTtlSeconds === undefined) return [];
  const minimumOf = (status: number): number =>
    errorCachingMinTtlSeconds[status] ?? defaultErrorTtlSeconds;
  const longer = errorStatuses.filter((status) => minimumOf(status) > edgeTtlSeconds);
  const [first] = longer;
  if (first === undefined) return [];
  const longest = Math.max(...longer.map(minimumOf));
  return [
    warning(
      `${rule} keeps errors for ${edgeTtlSeconds} s, and the distribution for ${longest} s at least: got the status ${first}. Give the rule at least ${longest} s, or set the ErrorCachingMinTTL of a custom error response for the status.`,
    ),
  ];
}

function unreadTags(
  { cacheTagHeader }: CompiledCacheHeaders,
  { cacheTagHeader: read }: CacheHeadersSurroundings,
): readonly CacheHeadersFinding[] {
  if (cacheTagHeader === null || read === undefined) return [];
  if (read.toLowerCase() === cacheTagHeader.toLowerCase()) return [];
  const got = read === "" ? "no CacheTagConfig" : JSON.stringify(read);
  return [
    warning(
      `cacheTagHeader is none that the distribution reads: got ${got}, and ${JSON.stringify(cacheTagHeader)} in the options. Set CacheTagConfig.HeaderName of the distribution to the same name.`,
    ),
  ];
}

function warning(message: string): CacheHeadersFinding {
  return { severity: "warning", message };
}
