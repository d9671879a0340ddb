import { managedCachePolicy, managedOriginRequestPolicy } from "cf-rules";
import type { CacheBehavior } from "../app/cache-behaviors.ts";
import { type EvaluatedAssembly, valueAt } from "cloud-assembly";

/** Says whether a cache behavior sends all query strings to the origin, or whether that cannot be known. */
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
  const managed = managedCachePolicy(id);
  if (managed !== undefined) return managed.queryStrings.behavior === "all";
  const policy = app.resourceIn(id, "AWS::CloudFront::CachePolicy");
  if (policy === undefined) return true;
  const strings = ["CachePolicyConfig", "ParametersInCacheKeyAndForwardedToOrigin"];
  return policy.text(...strings, "QueryStringsConfig", "QueryStringBehavior") === "all";
}

function originRequestPolicy(app: EvaluatedAssembly, id: string): boolean {
  const managed = managedOriginRequestPolicy(id);
  if (managed !== undefined) return managed.queryStrings.behavior === "all";
  const policy = app.resourceIn(id, "AWS::CloudFront::OriginRequestPolicy");
  if (policy === undefined) return true;
  const path = ["OriginRequestPolicyConfig", "QueryStringsConfig", "QueryStringBehavior"];
  return policy.text(...path) === "all";
}
