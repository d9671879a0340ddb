import type { CacheBehavior } from "../../src/distribution/distribution.ts";
import type { CachePolicy, OriginRequestPolicy } from "../../src/distribution/policies.ts";

/** A cache policy whose key is the path alone, and that leaves lifetimes to the origin. */
export function sampleCachePolicy(changes: Partial<CachePolicy> = {}): CachePolicy {
  return {
    id: "SamplePolicy",
    name: "sample",
    minTtlSeconds: 0,
    defaultTtlSeconds: 86_400,
    maxTtlSeconds: 31_536_000,
    enableAcceptEncodingGzip: false,
    enableAcceptEncodingBrotli: false,
    headers: { behavior: "none" },
    cookies: { behavior: "none" },
    queryStrings: { behavior: "none" },
    ...changes,
  };
}

/** An origin request policy that adds nothing. */
export function sampleOriginRequestPolicy(
  changes: Partial<OriginRequestPolicy> = {},
): OriginRequestPolicy {
  return {
    id: "SampleOriginRequestPolicy",
    name: "sample",
    headers: { behavior: "none" },
    cookies: { behavior: "none" },
    queryStrings: { behavior: "none" },
    ...changes,
  };
}

/** A default cache behavior for reading. */
export function sampleCacheBehavior(
  cachePolicy: Partial<CachePolicy> = {},
  changes: Partial<CacheBehavior> = {},
): CacheBehavior {
  return {
    pathPattern: "*",
    isDefault: true,
    targetOriginId: "site",
    viewerProtocolPolicy: "redirect-to-https",
    allowedMethods: ["GET", "HEAD"],
    cachedMethods: ["GET", "HEAD"],
    compress: false,
    cachePolicy: sampleCachePolicy(cachePolicy),
    originRequestPolicy: undefined,
    responseHeadersPolicy: undefined,
    functionAssociations: {},
    cloudFrontFunctions: {},
    ...changes,
  };
}
