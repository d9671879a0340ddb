import type { HttpHeaders } from "../http/http-message.ts";
import type { Origin } from "../distribution/origins.ts";
import type { CachePolicy } from "../distribution/policies.ts";
import { parseCacheControl } from "./cache-control.ts";
import { decideErrorLifetime } from "./error-lifetime.ts";
import { notStored } from "./not-stored.ts";
import { decideSuccessLifetime } from "./success-lifetime.ts";

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

/** What the lifetime of a response depends on. */
export interface CacheLifetimeInput {
  readonly cachePolicy: CachePolicy;
  readonly method: string;
  /** The status and headers as origin-response left them (LE-D-28). */
  readonly status: number;
  readonly headers: HttpHeaders;
  readonly originKind: Origin["kind"];
  /**
   * Seconds, of the custom error response for this status.
   *
   * @default 10
   */
  readonly errorCachingMinTtlSeconds?: number;
  readonly nowMs: number;
}

// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/custom-error-pages-expiration.html
// (CF-G-21)
const defaultErrorCachingMinTtlSeconds = 10;

const cacheableMethods: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Decides for how long CloudFront caches a response (CF-G-08 to CF-G-24). Whether the cache
 * behavior caches OPTIONS is the caller's to know.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/Expiration.html
 */
export function decideCacheLifetime(input: CacheLifetimeInput): CacheLifetime {
  const { cachePolicy, method, status, headers, originKind, nowMs } = input;
  if (!cacheableMethods.has(method)) {
    return notStored(`LE-A-45: ${method} is never cached`);
  }
  if (isCachingDisabled(cachePolicy)) {
    return notStored("CF-G-14: all three TTLs are 0, which disables caching");
  }
  const cacheControl = parseCacheControl(headers);
  if (status < 400) {
    return decideSuccessLifetime({ cachePolicy, status, headers, cacheControl, nowMs });
  }
  return decideErrorLifetime({
    cachePolicy,
    status,
    headers,
    cacheControl,
    originKind,
    errorCachingMinTtlSeconds: input.errorCachingMinTtlSeconds ?? defaultErrorCachingMinTtlSeconds,
    nowMs,
  });
}

/** Returns whether a cache policy switches caching off (CF-G-14). */
export function isCachingDisabled(cachePolicy: CachePolicy): boolean {
  const { minTtlSeconds, defaultTtlSeconds, maxTtlSeconds } = cachePolicy;
  return minTtlSeconds === 0 && defaultTtlSeconds === 0 && maxTtlSeconds === 0;
}
