import type { EventType, SynthesizedCacheBehavior, SynthesizedSite } from "cf-types";
import { pathPatternSource } from "cf-rules";
import {
  type EvaluatedAssembly,
  type JsonObject,
  listAt,
  objectAt,
  type TemplateResource,
  valueAt,
} from "cloud-assembly";
import { defaultPathPattern } from "../artefact/placed-functions.ts";
import { cacheBehaviorsOf } from "../aws/template-resources.ts";
import { cachePolicyFacts, originRequestPolicyFacts } from "./policy-selections.ts";

/** What a template says of its distribution, for the checks of its functions. */
export interface SynthesizedDistribution extends Pick<
  SynthesizedSite,
  "defaultRootObject" | "customErrorResponses" | "siteHosts" | "cacheTagHeader"
> {
  readonly pathPatternOf: (path: string) => string;
  readonly cacheBehaviors: readonly SynthesizedCacheBehavior[];
}

/**
 * Returns what an assembly says of a distribution.
 *
 * @param isMeant Which one; by default the first.
 */
export function synthesizedDistribution(
  assembly: EvaluatedAssembly,
  isMeant: (distribution: TemplateResource) => boolean = () => true,
): SynthesizedDistribution {
  const distribution = assembly.resourcesOfType("AWS::CloudFront::Distribution").find(isMeant);
  const config = objectAt(distribution?.values, "DistributionConfig");
  const behaviors = cacheBehaviorsOf(config);
  const patterns = behaviors.map(({ PathPattern }) => patternOf(String(PathPattern)));
  return {
    defaultRootObject: String(config["DefaultRootObject"] ?? ""),
    customErrorResponses: listAt(config, "CustomErrorResponses").map(customErrorResponse),
    cacheBehaviors: behaviors.map((behavior) => cacheBehavior(assembly, config, behavior)),
    cacheTagHeader: String(objectAt(config, "CacheTagConfig")["HeaderName"] ?? ""),
    siteHosts: listAt(config, "Aliases").map((alias) => String(alias).toLowerCase()),
    pathPatternOf: (path) =>
      patterns.find(({ matches }) => matches.test(path))?.pattern ?? defaultPathPattern,
  };
}

/** The slash in front may be left out (CF-J-03). */
function patternOf(pattern: string): { readonly pattern: string; readonly matches: RegExp } {
  const whole = /^[/*]/.test(pattern) ? pattern : `/${pattern}`;
  return { pattern, matches: new RegExp(pathPatternSource(whole)) };
}

function customErrorResponse(response: unknown): SynthesizedSite["customErrorResponses"][number] {
  const { ErrorCode, ResponsePagePath, ResponseCode, ErrorCachingMinTTL } = objectAt(response);
  return {
    errorCode: Number(ErrorCode),
    ...(ResponsePagePath !== undefined && { responsePagePath: String(ResponsePagePath) }),
    ...(ResponseCode !== undefined && { responseCode: Number(ResponseCode) }),
    ...(ErrorCachingMinTTL !== undefined && {
      errorCachingMinTtlSeconds: Number(ErrorCachingMinTTL),
    }),
  };
}

function cacheBehavior(
  assembly: EvaluatedAssembly,
  config: JsonObject,
  behavior: JsonObject,
): SynthesizedCacheBehavior {
  const { OriginRequestPolicyId: originRequestPolicyId } = behavior;
  const origin = listAt(config, "Origins").find(
    (each) => valueAt(each, "Id") === behavior["TargetOriginId"],
  );
  return {
    pathPattern: String(behavior["PathPattern"]),
    viewerProtocolPolicy: behavior[
      "ViewerProtocolPolicy"
    ] as SynthesizedCacheBehavior["viewerProtocolPolicy"],
    cachePolicy: cachePolicyFacts(assembly, behavior["CachePolicyId"]),
    ...(originRequestPolicyId !== undefined && {
      originRequestPolicy: originRequestPolicyFacts(assembly, originRequestPolicyId),
    }),
    hasResponseHeadersPolicy: behavior["ResponseHeadersPolicyId"] !== undefined,
    // What a function does is its own affair; that one is there is all that a template says.
    generatesResponses: runsAt(behavior, "viewer-request"),
    originType: valueAt(origin, "S3OriginConfig") === undefined ? "custom" : "s3",
  };
}

function runsAt(behavior: JsonObject, eventType: EventType): boolean {
  return [
    ...listAt(behavior, "LambdaFunctionAssociations"),
    ...listAt(behavior, "FunctionAssociations"),
  ].some((association) => valueAt(association, "EventType") === eventType);
}
