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
  /** The fact and the sentence that decided, as in `CF-G-08: lesser of s-maxage and maximum TTL`. */
  readonly rule: string;
}
