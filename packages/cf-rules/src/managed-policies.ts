import data from "./managed-policies.json" with { type: "json" };

/** Which cookies or query strings a managed policy names. */
export type ManagedSelection =
  | { readonly behavior: "none" | "all" }
  | { readonly behavior: "whitelist" | "allExcept"; readonly names: readonly string[] };

/** What makes up the cache key, and the TTLs. */
export interface ManagedCachePolicy {
  readonly id: string;
  readonly name: string;
  readonly minTtlSeconds: number;
  readonly defaultTtlSeconds: number;
  readonly maxTtlSeconds: number;
  readonly enableAcceptEncodingGzip: boolean;
  readonly enableAcceptEncodingBrotli: boolean;
  /** Names are lower-case. */
  readonly headers:
    | { readonly behavior: "none" }
    | { readonly behavior: "whitelist"; readonly names: readonly string[] };
  readonly cookies: ManagedSelection;
  readonly queryStrings: ManagedSelection;
}

/** What goes to the origin beyond the cache key. */
export interface ManagedOriginRequestPolicy {
  readonly id: string;
  readonly name: string;
  /** Names are lower-case. */
  readonly headers:
    | { readonly behavior: "none" | "allViewer" }
    | {
        readonly behavior: "whitelist" | "allExcept" | "allViewerAndWhitelistCloudFront";
        readonly names: readonly string[];
      };
  readonly cookies: ManagedSelection;
  readonly queryStrings: ManagedSelection;
}

// The compiler widens the strings of a JSON file; the test of the managed policies holds its shape.
const cachePolicies = data.cachePolicies as unknown as readonly ManagedCachePolicy[];
const originRequestPolicies =
  data.originRequestPolicies as unknown as readonly ManagedOriginRequestPolicy[];

/**
 * Returns the managed cache policy of an id; undefined where no managed policy has it.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html
 */
export function managedCachePolicy(id: string): ManagedCachePolicy | undefined {
  return cachePolicies.find((policy) => policy.id === id);
}

/**
 * Returns the managed origin request policy of an id; undefined where no managed policy has it.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-origin-request-policies.html
 */
export function managedOriginRequestPolicy(id: string): ManagedOriginRequestPolicy | undefined {
  return originRequestPolicies.find((policy) => policy.id === id);
}
