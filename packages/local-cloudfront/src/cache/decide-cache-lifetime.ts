import type { HttpHeaders } from "../http/http-message.ts";
import type { Origin } from "../distribution/origins.ts";
import type { CachePolicy } from "../distribution/policies.ts";
import { parseCacheControl } from "./cache-control.ts";
import { decideErrorLifetime } from "./error-lifetime.ts";
import { isCachingDisabled, notStored, type CacheLifetime } from "./cache-lifetime.ts";
import { decideSuccessLifetime } from "./success-lifetime.ts";

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
