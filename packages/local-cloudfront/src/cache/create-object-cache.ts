import { copyHeadersWithout } from "../http/empty-headers.ts";
import type { Clock } from "../clock.ts";
import type { HttpResponse } from "../http/http-message.ts";
import { LocalCloudFrontError } from "../local-cloudfront-error.ts";
import { ageSeconds, aging } from "./age.ts";
import { parseCacheControl } from "./cache-control.ts";
import { CacheEntries, type CacheEntry } from "./cache-entries.ts";
import type { CacheLifetime } from "./cache-lifetime.ts";
import { matchCacheTag } from "./cache-tag.ts";
import { matchInvalidationPath } from "./invalidation-path.ts";
import type { CachedObject, ObjectCache } from "./object-cache.ts";

/** How an object cache is made. */
export interface ObjectCacheOptions {
  readonly clock: Clock;
  /**
   * Bytes of bodies and headers after which the least recently used objects go (CF-G-44).
   *
   * @default 268435456 - 256 MiB
   */
  readonly maxBytes?: number;
  /**
   * The header of an object's tags, lower case.
   *
   * @default - no object has tags
   */
  readonly cacheTagHeader?: string | undefined;
}

const defaultMaxBytes = 256 * 1024 * 1024;

/**
 * Returns an empty cache that is bounded in bytes.
 *
 * @throws {LocalCloudFrontError} when the bound is no whole number above 0
 */
export function createObjectCache({
  clock,
  maxBytes = defaultMaxBytes,
  cacheTagHeader,
}: ObjectCacheOptions): ObjectCache {
  if (!Number.isSafeInteger(maxBytes) || maxBytes < 1) {
    throw new LocalCloudFrontError(
      `Option maxCacheBytes is no number of bytes: got ${JSON.stringify(maxBytes)}. Write a whole number above 0.`,
    );
  }
  const entries = new CacheEntries(maxBytes);
  return {
    lookup(key) {
      const nowMs = clock.now();
      const object = entries.find(key, nowMs)?.object;
      if (object === undefined) return { kind: "miss" };
      return {
        kind: nowMs < object.expiresAtMs ? "hit" : "expired",
        object,
        ageSeconds: ageSeconds(object.storedAtMs, nowMs),
      };
    },
    store(key, response, lifetime) {
      if (!lifetime.stored) return;
      const object = cachedObject(response, lifetime, clock.now());
      entries.put({ key, object, headersOnly: key.headersOnly && response.body.byteLength === 0 });
    },
    forget: (key) => entries.remove(key),
    prolong(key, seconds) {
      const nowMs = clock.now();
      const entry = entries.find(key, nowMs);
      if (entry === undefined) return;
      const expiresAtMs = Math.max(entry.object.expiresAtMs, nowMs + seconds * 1000);
      entries.put({ ...entry, object: { ...entry.object, expiresAtMs } });
    },
    createInvalidation(paths) {
      const matchers = paths.map((path) => matchInvalidation(path, cacheTagHeader));
      return entries.removeWhere((entry) => matchers.some((matches) => matches(entry)));
    },
    get objectCount() {
      return entries.count;
    },
    get storedBytes() {
      return entries.bytes;
    },
  };
}

/** An invalidation names paths, and tags that begin with `#`. */
function matchInvalidation(
  item: string,
  cacheTagHeader: string | undefined,
): (entry: CacheEntry) => boolean {
  if (item.startsWith("#")) {
    const hasTag = matchCacheTag(item, cacheTagHeader);
    return ({ object }) => hasTag(object.response.headers);
  }
  const matches = matchInvalidationPath(item);
  return ({ key }) => matches(key.invalidationPath);
}

function cachedObject(
  response: HttpResponse,
  lifetime: CacheLifetime,
  storedAtMs: number,
): CachedObject {
  const stored = withoutUncachedHeaders(response);
  return {
    response: stored,
    atAge: aging(stored),
    storedAtMs,
    expiresAtMs: storedAtMs + lifetime.ttlSeconds * 1000,
    lifetime,
  };
}

/** Drops what is not of the object: its age, and the headers that `no-cache="…"` names (CF-G-40). */
function withoutUncachedHeaders(response: HttpResponse): HttpResponse {
  const { uncachedHeaders } = parseCacheControl(response.headers);
  const headers = copyHeadersWithout(response.headers, ["age", ...uncachedHeaders]);
  return { ...response, headers };
}
