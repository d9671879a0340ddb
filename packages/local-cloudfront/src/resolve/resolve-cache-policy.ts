import type { TemplateProperty } from "cloud-assembly";
import { checkPolicyQuotas } from "./check-quotas.ts";
import { managedCachePolicy } from "cf-rules";
import type { CachePolicy } from "../distribution/policies.ts";
import { findPolicy, policyIdOf } from "./find-policy.ts";
import type { Resolution } from "./resolution.ts";
import { resolveNameSelection } from "./resolve-name-selection.ts";

const usualDefaultTtlSeconds = 86_400;
const usualMaxTtlSeconds = 31_536_000;

/**
 * Resolves a `CachePolicyId`: a managed policy, or a policy of the assembly.
 *
 * @throws {CloudAssemblyError} when it is neither.
 */
export function resolveCachePolicy(id: TemplateProperty, resolution: Resolution): CachePolicy {
  const managed = managedCachePolicy(policyIdOf(id, resolution));
  if (managed !== undefined) return managed;
  const { config, ...policy } = findPolicy(id, "CachePolicy", resolution);
  const parameters = config.property("ParametersInCacheKeyAndForwardedToOrigin");
  checkPolicyQuotas(parameters, resolution.quotas);
  const ttls = resolveTtls(config, resolution);
  if (ttls.maxTtlSeconds === 0) refuseKeysWithoutCaching(parameters);
  return {
    ...policy,
    ...ttls,
    enableAcceptEncodingGzip: parameters.property("EnableAcceptEncodingGzip").boolean(false),
    enableAcceptEncodingBrotli: parameters.property("EnableAcceptEncodingBrotli").boolean(false),
    headers: resolveHeaders(parameters.property("HeadersConfig")),
    cookies: resolveNameSelection(
      parameters.property("CookiesConfig"),
      "CookieBehavior",
      "Cookies",
    ),
    queryStrings: resolveNameSelection(
      parameters.property("QueryStringsConfig"),
      "QueryStringBehavior",
      "QueryStrings",
    ),
  };
}

/**
 * Reads the three TTLs of a cache policy, or of a cache behavior with legacy settings.
 *
 * FIDELITY CF-G-10: CloudFront's API wants MinTTL <= DefaultTTL <= MaxTTL; a DefaultTTL out of order
 * is warned of, as AWS documents what it would come to.
 *
 * @throws {CloudAssemblyError} when no lifetime is within MinTTL and MaxTTL.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-cloudfront-cachepolicy-cachepolicyconfig.html
 */
export function resolveTtls(
  config: TemplateProperty,
  { warn }: Pick<Resolution, "warn">,
): Pick<CachePolicy, "minTtlSeconds" | "defaultTtlSeconds" | "maxTtlSeconds"> {
  const minTtlSeconds = config.property("MinTTL").number(0);
  const defaultTtl = config.property("DefaultTTL");
  const defaultTtlSeconds = defaultTtl.number(Math.max(usualDefaultTtlSeconds, minTtlSeconds));
  const maxTtl = config.property("MaxTTL");
  const maxTtlSeconds = maxTtl.number(Math.max(usualMaxTtlSeconds, defaultTtlSeconds));
  for (const ttl of [config.property("MinTTL"), defaultTtl, maxTtl]) {
    if (ttl.number(0) < 0) throw ttl.error("must not be negative", "Use 0 seconds or more.");
  }
  if (minTtlSeconds > maxTtlSeconds) {
    throw maxTtl.error("must not be below MinTTL", `MinTTL is ${minTtlSeconds}.`);
  }
  if (minTtlSeconds > defaultTtlSeconds) {
    warn(
      defaultTtl.path,
      `It is below MinTTL (${minTtlSeconds}), which a deployment refuses as InvalidTTLOrder: got ${defaultTtlSeconds}. Here the greater of the two holds.`,
    );
  }
  if (defaultTtlSeconds > maxTtlSeconds) {
    warn(
      defaultTtl.path,
      `It is above MaxTTL (${maxTtlSeconds}), which a deployment refuses as InvalidTTLOrder: got ${defaultTtlSeconds}. Here MaxTTL bounds what headers ask for, not DefaultTTL.`,
    );
  }
  return { minTtlSeconds, defaultTtlSeconds, maxTtlSeconds };
}

/** With a MaxTTL of 0 nothing is cached, so that there is no cache key to add to. */
function refuseKeysWithoutCaching(parameters: TemplateProperty): void {
  const selections = [
    parameters.property("HeadersConfig").property("HeaderBehavior"),
    parameters.property("CookiesConfig").property("CookieBehavior"),
    parameters.property("QueryStringsConfig").property("QueryStringBehavior"),
  ];
  const encodings = [
    parameters.property("EnableAcceptEncodingGzip"),
    parameters.property("EnableAcceptEncodingBrotli"),
  ];
  const wrong =
    selections.find((selection) => (selection.optionalString() ?? "none") !== "none") ??
    encodings.find((encoding) => encoding.boolean(false));
  if (wrong === undefined) return;
  throw wrong.error(
    "is not allowed in a policy that caches nothing (MaxTTL 0)",
    "Forward it by an origin request policy, or raise MaxTTL.",
    "CF-G-14",
  );
}

function resolveHeaders(config: TemplateProperty): CachePolicy["headers"] {
  const behavior = config.property("HeaderBehavior").oneOf(["none", "whitelist"], "none");
  if (behavior === "none") return { behavior };
  return { behavior, names: lowerCase(config.property("Headers").knownStrings()) };
}

function lowerCase(names: readonly string[]): readonly string[] {
  return names.map((name) => name.toLowerCase());
}
