import {
  managedCachePolicy,
  type ManagedOriginRequestPolicy,
  managedOriginRequestPolicy,
  type ManagedSelection,
} from "cf-rules";
import type { PolicySelection, PolicySelections, SynthesizedCacheBehavior } from "cf-types";
import { type EvaluatedAssembly, type JsonObject, listAt, objectAt } from "cloud-assembly";

type CachePolicyFacts = SynthesizedCacheBehavior["cachePolicy"];

/** What a policy of the account is taken for that no template has: nothing is said to be missing in it. */
const everything: PolicySelections = { headers: "all", cookies: "all", queryStrings: "all" };

/** Returns what a `CachePolicyId` puts into the cache key, and its minimum and maximum TTL. */
export function cachePolicyFacts(assembly: EvaluatedAssembly, id: unknown): CachePolicyFacts {
  const managed = managedCachePolicy(String(id));
  if (managed !== undefined) {
    const { minTtlSeconds, maxTtlSeconds } = managed;
    return { ...managedSelections(managed), minTtlSeconds, maxTtlSeconds };
  }
  const policy = assembly.resourceIn(String(id));
  if (policy === undefined) return { ...everything, minTtlSeconds: 0 };
  const config = objectAt(policy.values, "CachePolicyConfig");
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
  const managed = managedOriginRequestPolicy(String(id));
  if (managed !== undefined) return managedSelections(managed);
  const policy = assembly.resourceIn(String(id));
  if (policy === undefined) return everything;
  return selections(objectAt(policy.values, "OriginRequestPolicyConfig"));
}

function managedSelections(
  policy: Pick<ManagedOriginRequestPolicy, "headers" | "cookies" | "queryStrings">,
): PolicySelections {
  const { headers, cookies, queryStrings } = policy;
  return {
    headers: managedHeaders(headers),
    cookies: managedSelection(cookies),
    queryStrings: managedSelection(queryStrings),
  };
}

function managedHeaders(
  headers: ManagedOriginRequestPolicy["headers"],
): PolicySelections["headers"] {
  switch (headers.behavior) {
    case "none":
      return "none";
    case "allViewer":
      return "all";
    case "whitelist":
      return headers.names;
    case "allExcept":
      return { allExcept: headers.names };
    case "allViewerAndWhitelistCloudFront":
      return { allViewerAnd: headers.names };
  }
}

function managedSelection(selection: ManagedSelection): PolicySelection {
  if (!("names" in selection)) return selection.behavior;
  return selection.behavior === "whitelist" ? selection.names : { allExcept: selection.names };
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
