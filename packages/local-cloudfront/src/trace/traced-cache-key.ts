import type { CacheKeyComponent } from "../cache/cache-key.ts";

/** Who gave a component of a cache key its value. */
export type CacheKeySource =
  | "viewer"
  /** The viewer-request function changed what the viewer sent. */
  | "viewer-request"
  | "default-root-object"
  | "custom-error-response"
  /** One of CloudFront's own headers, as in `CloudFront-Viewer-Country`. */
  | "cloudfront";

/** One part of a cache key, where its value came from, and why it is part of the key. */
export interface TracedCacheKeyComponent extends CacheKeyComponent {
  readonly source: CacheKeySource;
  /** The fact and a sentence, as in `CF-G-01: the path is always part of the key`. */
  readonly rule: string;
}

/** What identifies an object in the cache. Values of cookies and of secret headers are masked. */
export interface TracedCacheKey {
  /** All components as one readable text. */
  readonly text: string;
  /** The name of the cache policy that decides what is part of the key. */
  readonly cachePolicy: string;
  readonly components: readonly TracedCacheKeyComponent[];
  /** Query strings and cookies of the request that are no part of the key. */
  readonly leftOut: readonly { readonly kind: "querystring" | "cookie"; readonly name: string }[];
}
