import type { CacheLifetime } from "./cache-lifetime.ts";

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
