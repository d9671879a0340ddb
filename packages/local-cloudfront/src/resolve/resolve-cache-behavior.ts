import type { TemplateProperty } from "cloud-assembly";
import type { CacheBehavior } from "../distribution/distribution.ts";
import { pathPatternProblem } from "../distribution/path-pattern.ts";
import type { Resolution } from "./resolution.ts";
import { resolveCachePolicy } from "./resolve-cache-policy.ts";
import { resolveForwardedValues } from "./resolve-forwarded-values.ts";
import { resolveFunctionAssociations } from "./resolve-function-associations.ts";
import { resolveOriginRequestPolicy } from "./resolve-origin-request-policy.ts";
import { resolveResponseHeadersPolicy } from "./resolve-response-headers-policy.ts";
import { resolveTrustedKeys } from "./resolve-trusted-keys.ts";
import { behaviorTreatments, checkUnsupportedProperties } from "./unsupported-properties.ts";

const knownProperties = [
  "AllowedMethods",
  "CachedMethods",
  "CachePolicyId",
  "Compress",
  "DefaultTTL",
  "ForwardedValues",
  "FunctionAssociations",
  "GrpcConfig",
  "LambdaFunctionAssociations",
  "MaxTTL",
  "MinTTL",
  "OriginRequestPolicyId",
  "PathPattern",
  "ResponseHeadersPolicyId",
  "SmoothStreaming",
  "TargetOriginId",
  "TrustedKeyGroups",
  "TrustedSigners",
  "ViewerProtocolPolicy",
];

/** The sets of methods that a cache behavior may allow (LE-A-36). */
const methodSets = [
  ["GET", "HEAD"],
  ["GET", "HEAD", "OPTIONS"],
  ["GET", "HEAD", "OPTIONS", "PUT", "PATCH", "POST", "DELETE"],
] as const;

/**
 * Resolves a cache behavior, the default one or one with a path pattern.
 *
 * @param targetIds the ids of the distribution's origins and origin groups.
 * @throws {CloudAssemblyError} when CloudFront would refuse it, or when it cannot be held here.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-cloudfront-distribution-cachebehavior.html
 */
export function resolveCacheBehavior(
  behavior: TemplateProperty,
  isDefault: boolean,
  targetIds: readonly string[],
  resolution: Resolution,
): CacheBehavior {
  checkUnsupportedProperties(behavior, behaviorTreatments, knownProperties, resolution);
  const functions = resolveFunctionAssociations(behavior, resolution);
  const hasFunctions = Object.values(functions).some((each) => Object.keys(each).length > 0);
  checkBesideFunctions(behavior, hasFunctions, resolution);
  const trustedKeys = resolveTrustedKeys(behavior, resolution);
  const responseHeadersPolicyId = behavior.property("ResponseHeadersPolicyId");
  return {
    pathPattern: isDefault ? "*" : resolvePathPattern(behavior.property("PathPattern")),
    isDefault,
    targetOriginId: resolveTarget(behavior.property("TargetOriginId"), targetIds),
    viewerProtocolPolicy: behavior
      .property("ViewerProtocolPolicy")
      .oneOf(["allow-all", "https-only", "redirect-to-https"]),
    allowedMethods: resolveMethods(behavior.property("AllowedMethods"), methodSets),
    cachedMethods: resolveMethods(behavior.property("CachedMethods"), methodSets.slice(0, 2)),
    compress: behavior.property("Compress").boolean(false),
    ...resolvePolicies(behavior, resolution),
    responseHeadersPolicy: responseHeadersPolicyId.isPresent
      ? resolveResponseHeadersPolicy(responseHeadersPolicyId, resolution)
      : undefined,
    ...(trustedKeys === undefined ? {} : { trustedKeys }),
    ...functions,
  };
}

function resolvePathPattern(property: TemplateProperty): string {
  const pattern = property.knownString();
  const problem = pathPatternProblem(pattern);
  if (problem === undefined) return pattern;
  throw property.error(
    problem,
    `Allowed are up to 255 of A-Z a-z 0-9 and _ - . * $ / ~ " ' @ : + & ?.`,
    "CF-J-06",
  );
}

function resolveTarget(property: TemplateProperty, targetIds: readonly string[]): string {
  const id = property.string();
  if (targetIds.includes(id)) return id;
  throw property.error(
    "is the id of no origin and no origin group",
    `Known are ${targetIds.map((id) => JSON.stringify(id)).join(", ")}.`,
  );
}

function resolveMethods(
  property: TemplateProperty,
  sets: readonly (readonly string[])[],
): readonly string[] {
  const methods = property.isPresent ? property.strings() : ["GET", "HEAD"];
  const set = sets.find(
    (set) => set.length === methods.length && set.every((method) => methods.includes(method)),
  );
  if (set !== undefined) return set;
  throw property.error(
    "is not a set of methods that CloudFront has",
    `Allowed are ${sets.map((set) => set.join(",")).join(" or ")}.`,
    "LE-A-36",
  );
}

function resolvePolicies(
  behavior: TemplateProperty,
  resolution: Resolution,
): Pick<CacheBehavior, "cachePolicy" | "originRequestPolicy"> {
  const cachePolicyId = behavior.property("CachePolicyId");
  const forwardedValues = behavior.property("ForwardedValues");
  if (!cachePolicyId.isPresent) {
    if (forwardedValues.isPresent) return resolveForwardedValues(behavior, resolution);
    throw cachePolicyId.error(
      "is missing, and so are the legacy ForwardedValues",
      "Name a cache policy, as in 658327ea-f89d-4fab-a63d-7e88639e58f6 (CachingOptimized).",
    );
  }
  warnOfLegacySettings(behavior, resolution);
  const originRequestPolicyId = behavior.property("OriginRequestPolicyId");
  return {
    cachePolicy: resolveCachePolicy(cachePolicyId, resolution),
    originRequestPolicy: originRequestPolicyId.isPresent
      ? resolveOriginRequestPolicy(originRequestPolicyId, resolution)
      : undefined,
  };
}

/** CloudFormation takes both, and drops the legacy settings. */
function warnOfLegacySettings(behavior: TemplateProperty, resolution: Resolution): void {
  const legacy = ["ForwardedValues", "MinTTL", "DefaultTTL", "MaxTTL"];
  for (const property of legacy.map((name) => behavior.property(name))) {
    if (!property.isPresent) continue;
    resolution.warn(property.path, "It has no effect beside a CachePolicyId: remove it.");
  }
}

/** Smooth Streaming excludes functions, as gRPC does (LE-A-31); alone, neither is run here. */
function checkBesideFunctions(
  behavior: TemplateProperty,
  hasFunctions: boolean,
  resolution: Resolution,
): void {
  const smoothStreaming = behavior.property("SmoothStreaming");
  if (hasFunctions && smoothStreaming.boolean(false)) {
    throw smoothStreaming.error(
      "turns on Smooth Streaming, which CloudFront does not combine with edge functions",
      "Remove one of the two.",
      "LE-A-31",
    );
  }
  const grpc = behavior.property("GrpcConfig").property("Enabled");
  for (const [enabled, name] of [
    [grpc, "gRPC"],
    [smoothStreaming, "Smooth Streaming"],
  ] as const) {
    if (enabled.boolean(false)) resolution.warn(enabled.path, `${name} is not run locally.`);
  }
}
