import { CachePolicy } from "aws-cdk-lib/aws-cloudfront";
import type { PolicySelection, PolicySelections, SynthesizedCacheBehavior } from "cf-types";
import { type EvaluatedAssembly, type JsonObject, listAt, objectAt } from "cloud-assembly";

type CachePolicyFacts = SynthesizedCacheBehavior["cachePolicy"];

const nothing: PolicySelections = { headers: "none", cookies: "none", queryStrings: "none" };

/** The managed cache policies that the site's constructs use (CF-G-39). */
const managedCachePolicies: Readonly<Record<string, CachePolicyFacts>> = {
  [CachePolicy.CACHING_OPTIMIZED.cachePolicyId]: {
    ...nothing,
    minTtlSeconds: 1,
    maxTtlSeconds: 31_536_000,
  },
  [CachePolicy.CACHING_DISABLED.cachePolicyId]: {
    ...nothing,
    minTtlSeconds: 0,
    maxTtlSeconds: 0,
  },
};

/** Returns what a `CachePolicyId` puts into the cache key, and its minimum and maximum TTL. */
export function cachePolicyFacts(assembly: EvaluatedAssembly, id: unknown): CachePolicyFacts {
  const managed = managedCachePolicies[String(id)];
  if (managed !== undefined) return managed;
  const config = objectAt(policyOf(assembly, "CachePolicyId", id), "CachePolicyConfig");
  return {
    ...selections(objectAt(config, "ParametersInCacheKeyAndForwardedToOrigin")),
    minTtlSeconds: Number(config["MinTTL"]),
    maxTtlSeconds: Number(config["MaxTTL"]),
  };
}

/** Returns what an `OriginRequestPolicyId` forwards beside the cache key. */
export function originRequestPolicyFacts(
  assembly: EvaluatedAssembly,
  id: unknown,
): PolicySelections {
  const policy = policyOf(assembly, "OriginRequestPolicyId", id);
  return selections(objectAt(policy, "OriginRequestPolicyConfig"));
}

function policyOf(assembly: EvaluatedAssembly, property: string, id: unknown): JsonObject {
  const policy = assembly.resourceIn(String(id));
  if (policy !== undefined) return policy.values;
  throw new Error(`${property} names a policy that the synth checks do not know: ${String(id)}.`);
}

function selections(config: JsonObject): PolicySelections {
  return {
    headers: headerSelection(config),
    cookies: selection(config, "Cookie"),
    queryStrings: selection(config, "QueryString"),
  };
}

function headerSelection(config: JsonObject): PolicySelections["headers"] {
  const { HeaderBehavior: behavior, Headers: names } = objectAt(config, "HeadersConfig");
  if (behavior === "allViewer") return "all";
  return behavior === "allViewerAndWhitelistCloudFront"
    ? { allViewerAnd: names as readonly string[] }
    : selection(config, "Header");
}

/** As in `CookiesConfig: { CookieBehavior: "whitelist", Cookies: ["session"] }`. */
function selection(config: JsonObject, noun: string): PolicySelection {
  const part = objectAt(config, `${noun}sConfig`);
  const names = listAt(part, `${noun}s`).map(String);
  const behavior = part[`${noun}Behavior`];
  if (behavior === "whitelist") return names;
  if (behavior === "allExcept") return { allExcept: names };
  return behavior === "all" ? "all" : "none";
}
