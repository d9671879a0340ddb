import type { SynthesizedCacheBehavior, SynthesizedSite } from "cf-types";

/** A cache behavior on an S3 origin whose cache key is the path alone, with changes. */
export function synthesizedCacheBehavior(
  changes: Partial<SynthesizedCacheBehavior> = {},
): SynthesizedCacheBehavior {
  return {
    pathPattern: "*",
    viewerProtocolPolicy: "redirect-to-https",
    cachePolicy: { minTtlSeconds: 0, headers: "none", cookies: "none", queryStrings: "none" },
    hasResponseHeadersPolicy: true,
    generatesResponses: false,
    originType: "s3",
    ...changes,
  };
}

/** A site with one such cache behavior, with changes. */
export function synthesizedSite(changes: Partial<SynthesizedSite> = {}): SynthesizedSite {
  return {
    eventType: "viewer-request",
    cacheBehaviors: [synthesizedCacheBehavior()],
    defaultRootObject: "index.html",
    customErrorResponses: [],
    siteFiles: ["index.html"],
    ...changes,
  };
}
