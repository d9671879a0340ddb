import type { CacheBehavior } from "../app/cache-behaviors.ts";
import { type EvaluatedAssembly, valueAt } from "cloud-assembly";

// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html
const managedWithoutQueryStrings = [
  // CachingOptimized
  "658327ea-f89d-4fab-a63d-7e88639e58f6",
  // CachingDisabled
  "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
  // CachingOptimizedForUncompressedObjects
  "b2884449-e4de-46a7-ac36-70bc7f1ddd6d",
];

/** Says whether a cache behavior sends all query strings to the origin, or whether that cannot be told. */
export function forwardsQueryString(app: EvaluatedAssembly, { config }: CacheBehavior): boolean {
  const forwarded = valueAt(config, "ForwardedValues", "QueryString");
  if (forwarded !== undefined) return String(forwarded) === "true";
  const { CachePolicyId: cachePolicyId, OriginRequestPolicyId: originRequestPolicyId } = config;
  const inKey = cachePolicy(app, String(cachePolicyId));
  const beside =
    originRequestPolicyId !== undefined && originRequestPolicy(app, String(originRequestPolicyId));
  return inKey || beside;
}

function cachePolicy(app: EvaluatedAssembly, id: string): boolean {
  if (managedWithoutQueryStrings.includes(id)) return false;
  const policy = app.resourceIn(id, "AWS::CloudFront::CachePolicy");
  if (policy === undefined) return true;
  const strings = ["CachePolicyConfig", "ParametersInCacheKeyAndForwardedToOrigin"];
  return policy.text(...strings, "QueryStringsConfig", "QueryStringBehavior") === "all";
}

function originRequestPolicy(app: EvaluatedAssembly, id: string): boolean {
  const policy = app.resourceIn(id, "AWS::CloudFront::OriginRequestPolicy");
  if (policy === undefined) return true;
  const path = ["OriginRequestPolicyConfig", "QueryStringsConfig", "QueryStringBehavior"];
  return policy.text(...path) === "all";
}
