/** Names of headers, cookies or query parameters that a policy lists. */
export type PolicyNames =
  | "none"
  | "all"
  | readonly string[]
  | { readonly allExcept: readonly string[] };

/** The parts of a request that a policy names. */
export interface PolicyValues {
  /** With `all`, every header that the viewer sent; CloudFront's own must be listed. */
  readonly headers: PolicyNames | { readonly allViewerAnd: readonly string[] };
  readonly cookies: PolicyNames;
  readonly queryStrings: PolicyNames;
}

/** What a check needs to know of the cache behavior that the function runs on, as plain data. */
export interface CacheBehaviorFacts {
  /** Named for messages, as in `*` or `/assets/*`. */
  readonly pathPattern: string;
  /** What the cache policy puts into the cache key, and its minimum TTL in seconds. */
  readonly cachePolicy: PolicyValues & { readonly minTtlSeconds: number };
  /** What the origin request policy forwards besides. @default - nothing */
  readonly originRequestPolicy?: PolicyValues;
  readonly originType: "s3" | "custom";
}
