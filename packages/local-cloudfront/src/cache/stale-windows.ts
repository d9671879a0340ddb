import type { CachePolicy } from "../distribution/policies.ts";
import type { CachedObject } from "./object-cache.ts";

/** Returns whether an expired object is served while it is refreshed in the background (CF-G-16). */
export function mayServeWhileRevalidating(object: CachedObject, nowMs: number): boolean {
  return staleSeconds(object, nowMs) < object.lifetime.staleWhileRevalidateSeconds;
}

/**
 * Returns whether an expired object is served in the place of an origin's 5xx or silence: for as
 * long as stale-if-error says (CF-G-17), or without the directive while the cache policy allows to
 * cache at all (CF-G-18). Never an error response.
 */
export function mayServeOnOriginError(
  object: CachedObject,
  cachePolicy: CachePolicy,
  nowMs: number,
): boolean {
  if (object.response.status >= 400) return false;
  const { staleIfErrorSeconds } = object.lifetime;
  if (staleIfErrorSeconds === undefined) {
    return cachePolicy.minTtlSeconds > 0 || cachePolicy.maxTtlSeconds > 0;
  }
  return staleSeconds(object, nowMs) < staleIfErrorSeconds;
}

/** Seconds since the object's own lifetime ended, however long it was kept going afterwards. */
function staleSeconds({ storedAtMs, lifetime }: CachedObject, nowMs: number): number {
  return (nowMs - storedAtMs) / 1000 - lifetime.ttlSeconds;
}
