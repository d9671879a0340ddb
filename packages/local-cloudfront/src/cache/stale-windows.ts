import type { CachePolicy } from "../distribution/policies.ts";
import type { CachedObject } from "./object-cache.ts";

/** Returns whether an expired object is served while it is refreshed in the background (CF-G-16). */
export function mayServeWhileRevalidating(object: CachedObject, nowMs: number): boolean {
  return staleSeconds(object, nowMs) < object.lifetime.staleWhileRevalidateSeconds;
}

/**
 * Returns whether an expired object is served in the place of an origin's 5xx or silence: for as
 * long as stale-if-error says (CF-G-17), or without the directive for the maximum TTL (CF-G-18).
 * Never an error response.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/HTTPStatusCodes.html
 */
export function mayServeOnOriginError(
  object: CachedObject,
  cachePolicy: CachePolicy,
  nowMs: number,
): boolean {
  if (object.response.status >= 400) return false;
  const windowSeconds = object.lifetime.staleIfErrorSeconds ?? cachePolicy.maxTtlSeconds;
  return staleSeconds(object, nowMs) < windowSeconds;
}

/** Seconds since the object's own lifetime ended, however long it was kept going afterwards. */
function staleSeconds({ storedAtMs, lifetime }: CachedObject, nowMs: number): number {
  return (nowMs - storedAtMs) / 1000 - lifetime.ttlSeconds;
}
