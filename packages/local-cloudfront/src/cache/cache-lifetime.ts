import type { CachePolicy } from "../distribution/policies.ts";

/** For how long a response may be served from the cache, and by which rule. */
export interface CacheLifetime {
  /** Whether the response is stored at all. */
  readonly stored: boolean;
  /** Seconds from now for which it is fresh; 0 with `stored` means: revalidate on each request. */
  readonly ttlSeconds: number;
  /** Seconds after expiry for which it is served while it is refreshed; 0 for none (CF-G-16). */
  readonly staleWhileRevalidateSeconds: number;
  /** Seconds after expiry for which it is served when the origin fails; undefined without the directive. */
  readonly staleIfErrorSeconds: number | undefined;
  /** Whether revalidations go without If-None-Match and If-Modified-Since (`Vary: *`, CF-G-27). */
  readonly revalidatesUnconditionally?: boolean;
  /** The fact and the sentence that decided, as in `CF-G-08: lesser of s-maxage and maximum TTL`. */
  readonly rule: string;
}

/** Returns the lifetime of a response that does not enter the cache, with the rule that keeps it out. */
export function notStored(rule: string): CacheLifetime {
  return {
    stored: false,
    ttlSeconds: 0,
    staleWhileRevalidateSeconds: 0,
    staleIfErrorSeconds: undefined,
    rule,
  };
}

/** Returns whether a cache policy switches caching off (CF-G-14). */
export function isCachingDisabled(cachePolicy: CachePolicy): boolean {
  const { minTtlSeconds, defaultTtlSeconds, maxTtlSeconds } = cachePolicy;
  return minTtlSeconds === 0 && defaultTtlSeconds === 0 && maxTtlSeconds === 0;
}
