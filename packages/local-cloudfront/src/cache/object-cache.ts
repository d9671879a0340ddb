import type { HttpResponse } from "../http/http-message.ts";
import type { CacheKey } from "./cache-key.ts";
import type { CacheLifetime } from "./cache-lifetime.ts";

/** An object in the cache. */
export interface CachedObject {
  /** As it was stored: after origin-response, without Age. */
  readonly response: HttpResponse;
  /** Gives it as it leaves the cache: with Age, in seconds. */
  readonly atAge: (seconds: number) => HttpResponse;
  readonly storedAtMs: number;
  readonly expiresAtMs: number;
  readonly lifetime: CacheLifetime;
}

/** What a lookup found. */
export type CacheLookup =
  | { readonly kind: "hit"; readonly object: CachedObject; readonly ageSeconds: number }
  | { readonly kind: "expired"; readonly object: CachedObject; readonly ageSeconds: number }
  | { readonly kind: "miss" };

/** The cache of the one edge location. */
export interface ObjectCache {
  /**
   * Looks up an object: the one of this very key, else the first stored one in an encoding that
   * the request accepts (CF-G-32).
   */
  lookup(key: CacheKey): CacheLookup;
  /** Stores a response under a key; does nothing where `lifetime.stored` is false. */
  store(key: CacheKey, response: HttpResponse, lifetime: CacheLifetime): void;
  /** Drops an object in all its encodings: the origin has a newer version, which is not to be stored. */
  forget(key: CacheKey): void;
  /** Lets an object be served as it is for some seconds from now, because its origin failed (CF-G-18). */
  prolong(key: CacheKey, seconds: number): void;
  /**
   * Drops what the invalidation paths match, and the objects that have a tag, as in `#products` (CF-G-42, CF-P-01).
   *
   * @returns how many objects that were
   * @throws {LocalCloudFrontError} when a path or a tag is not one that CloudFront takes
   */
  createInvalidation(paths: readonly string[]): number;
  readonly objectCount: number;
  readonly storedBytes: number;
}
