/** Which cookies or query strings a policy names. Names are compared case-sensitively (CF-G-03, CF-G-05). */
export type NameSelection =
  | { readonly behavior: "none" }
  | { readonly behavior: "whitelist"; readonly names: readonly string[] }
  /** Legacy cookie settings: `*` stands for any characters, `?` for one (CF-G-07). */
  | { readonly behavior: "whitelistWithWildcards"; readonly patterns: readonly string[] }
  | { readonly behavior: "allExcept"; readonly names: readonly string[] }
  | { readonly behavior: "all" };

/** Which headers a cache policy names; names are lower-case. */
export type CachePolicyHeaders =
  | { readonly behavior: "none" }
  | { readonly behavior: "whitelist"; readonly names: readonly string[] };

/** Which headers an origin request policy names; names are lower-case. */
export type OriginRequestPolicyHeaders =
  | { readonly behavior: "none" }
  | { readonly behavior: "whitelist"; readonly names: readonly string[] }
  | { readonly behavior: "allExcept"; readonly names: readonly string[] }
  | { readonly behavior: "allViewer" }
  | {
      readonly behavior: "allViewerAndWhitelistCloudFront";
      readonly names: readonly string[];
    };

/**
 * What makes up the cache key, and the TTLs.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cache-key-understand-cache-policy.html
 */
export interface CachePolicy {
  /** The managed policy's id, or the logical id in the template. */
  readonly id: string;
  readonly name: string;
  readonly minTtlSeconds: number;
  readonly defaultTtlSeconds: number;
  readonly maxTtlSeconds: number;
  readonly enableAcceptEncodingGzip: boolean;
  readonly enableAcceptEncodingBrotli: boolean;
  readonly headers: CachePolicyHeaders;
  readonly cookies: NameSelection;
  readonly queryStrings: NameSelection;
}

/** What goes to the origin beyond the cache key. */
export interface OriginRequestPolicy {
  readonly id: string;
  readonly name: string;
  readonly headers: OriginRequestPolicyHeaders;
  readonly cookies: NameSelection;
  readonly queryStrings: NameSelection;
}

/** One header that a response headers policy sets. */
export interface PolicyHeader {
  readonly name: string;
  readonly value: string;
  /** Whether it replaces the origin's header of that name. */
  readonly override: boolean;
}

/** The CORS part of a response headers policy. */
export interface CorsConfig {
  readonly allowCredentials: boolean;
  readonly allowHeaders: readonly string[];
  readonly allowMethods: readonly string[];
  readonly allowOrigins: readonly string[];
  readonly exposeHeaders: readonly string[];
  readonly maxAgeSeconds: number | undefined;
  readonly originOverride: boolean;
}

/**
 * Headers that CloudFront itself adds to and removes from responses.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/understanding-response-headers-policies.html
 */
export interface ResponseHeadersPolicy {
  readonly id: string;
  readonly name: string;
  readonly cors: CorsConfig | undefined;
  /** The security headers, already written out as name and value. */
  readonly securityHeaders: readonly PolicyHeader[];
  readonly customHeaders: readonly PolicyHeader[];
  /** Lower-case names. */
  readonly removeHeaders: readonly string[];
  /** Percent of the responses that carry Server-Timing, 0 to 100; undefined where it is off. */
  readonly serverTimingSamplingRate: number | undefined;
}
