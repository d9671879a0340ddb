/** One part of a cache key and where it came from. */
export interface CacheKeyComponent {
  readonly kind: "path" | "querystring" | "header" | "cookie" | "accept-encoding" | "method";
  /** The header's, cookie's or query string's name; empty for the rest. */
  readonly name: string;
  readonly value: string;
}

/** What identifies an object in the cache. */
export interface CacheKey {
  /** Equal for two requests exactly when CloudFront would serve both from one cached object. */
  readonly value: string;
  /** The path, and `?` with the query string where that is part of the key: what invalidations match. */
  readonly invalidationPath: string;
  readonly components: readonly CacheKeyComponent[];
}
