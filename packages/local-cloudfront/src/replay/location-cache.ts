import type { CacheKey } from "../cache/cache-key.ts";
import type { ObjectCache } from "../cache/object-cache.ts";
import type { ReplayMoment } from "./replay-moment.ts";

/** Returns a cache in which each edge location of the log has objects of its own. */
export function perEdgeLocation(cache: ObjectCache, moment: ReplayMoment): ObjectCache {
  const scoped = (key: CacheKey): CacheKey => {
    const location = moment.sent.logged.edgeLocation ?? "";
    const value = `${location} ${key.value}`;
    return {
      ...key,
      value,
      valueOfAnyEncoding:
        key.value === key.valueOfAnyEncoding ? value : `${location} ${key.valueOfAnyEncoding}`,
      // Nobody asks a cache for these, and they would keep the lines that they are parts of.
      components: [],
    };
  };
  return {
    lookup: (key) => cache.lookup(scoped(key)),
    store: (key, response, lifetime) => cache.store(scoped(key), response, lifetime),
    forget: (key) => cache.forget(scoped(key)),
    prolong: (key, seconds) => cache.prolong(scoped(key), seconds),
    createInvalidation: (paths) => cache.createInvalidation(paths),
    get objectCount() {
      return cache.objectCount;
    },
    get storedBytes() {
      return cache.storedBytes;
    },
  };
}
