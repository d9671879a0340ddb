/** How long a response is fresh: in the browser, and at the edge. */
export interface CacheLifetime {
  /**
   * `public`: browsers and CloudFront keep it. `private`: browsers alone do. `no-store`: nobody does.
   * @default "public"
   */
  readonly cacheability?: "public" | "private" | "no-store";
  /**
   * Seconds that a browser takes it without asking again: `max-age`.
   * @default 0
   */
  readonly browserTtlSeconds?: number;
  /**
   * Seconds that CloudFront takes it without asking the origin: `s-maxage`, within the cache policy's minimum and
   * maximum TTL.
   * @default - `browserTtlSeconds`
   */
  readonly edgeTtlSeconds?: number;
  /**
   * Whether the content under this name never changes, so that browsers do not even ask on a reload.
   * @default false
   */
  readonly immutable?: boolean;
  /**
   * Seconds after its end that it is still served while a newer one is fetched (CF-G-16).
   * @default - not at all
   */
  readonly staleWhileRevalidateSeconds?: number;
  /**
   * Seconds after its end that it is served while the origin fails (CF-G-17).
   * @default - as CloudFront does without it: for the error caching minimum TTL
   */
  readonly staleIfErrorSeconds?: number;
}

/** Which responses have which lifetime. A response has to meet everything that is written. */
export interface CacheRule extends CacheLifetime {
  /**
   * As in a cache behavior: `*` stands for any characters, `?` for one. The path is that which went to the origin.
   * @default - every path
   */
  readonly pathPattern?: string;
  /**
   * Media types, as `text/html` or `image/*`. A response without a Content-Type, as a 304, goes by the extension of
   * its path.
   * @default - every type
   */
  readonly contentTypes?: readonly string[];
  /**
   * Status codes, or classes as `"4xx"`.
   * @default - 2xx and 304: no error or redirect is kept as long as what it stands in for
   */
  readonly statuses?: readonly (number | "2xx" | "3xx" | "4xx" | "5xx")[];
  /**
   * Whether it is for those paths only that have a hash of the content in their name.
   * @default false
   */
  readonly hashedNames?: boolean;
  /**
   * Whether a response is given a lifetime in shared caches that says `private` or `no-store`, sets a cookie, or is for
   * a request with an Authorization header.
   * @default false
   */
  readonly overridePrivate?: boolean;
}

/** The cache tags of the objects of some paths. */
export interface CacheTagRule {
  /**
   * As in a cache behavior.
   * @default - every path
   */
  readonly pathPattern?: string;
  /** `{1}` stands for the first segment of the path, `{2}` for the second, and so on. */
  readonly tags: readonly string[];
}

/** How long CloudFront and browsers keep what an origin responds with. */
export interface CacheHeadersOptions {
  /**
   * The first that a response meets decides on its Cache-Control.
   * @default []
   */
  readonly rules?: readonly CacheRule[];
  /**
   * Of what has a hash of its content in its name, where neither a rule nor the origin says otherwise; `false` for none.
   * @default - a year, immutable
   */
  readonly hashedNames?: CacheLifetime | false;
  /**
   * Of HTML, where neither a rule nor the origin says otherwise; `false` for none.
   * @default - a minute at the edge, nothing in the browser
   */
  readonly pages?: CacheLifetime | false;
  /**
   * Seconds at the edge of the errors that CloudFront caches of itself: 404, 410, 414, 500 to 504. Other errors are
   * `no-store`. `false` leaves errors as they are.
   * @default 10
   */
  readonly errorTtlSeconds?: number | false;
  /**
   * The header that the distribution's CacheTagConfig names.
   * @default - no object is tagged
   */
  readonly cacheTagHeader?: string;
  /**
   * All that match count.
   * @default []
   */
  readonly cacheTags?: readonly CacheTagRule[];
  /**
   * Names of headers that are taken away before the response is cached; `x-amz-meta-*` stands for all that begin so.
   * @default []
   */
  readonly removeHeaders?: readonly string[];
}
