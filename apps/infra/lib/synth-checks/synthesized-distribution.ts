import type { EventType, SynthesizedCacheBehavior, SynthesizedSite } from "cf-types";
import { defaultPathPattern } from "../placed-functions.ts";
import { cachePolicyFacts, originRequestPolicyFacts } from "./policy-selections.ts";
import { type TemplateResources, type TemplateValue, listAt, objectAt } from "./template.ts";

/** What a template says of its distribution, for the checks of its functions. */
export interface SynthesizedDistribution extends Pick<
  SynthesizedSite,
  "defaultRootObject" | "customErrorResponses"
> {
  readonly cacheBehaviors: readonly SynthesizedCacheBehavior[];
}

/** Returns what a template says of its one distribution. */
export function synthesizedDistribution(resources: TemplateResources): SynthesizedDistribution {
  const distribution = Object.values(resources).find(
    ({ Type }) => Type === "AWS::CloudFront::Distribution",
  );
  const config = objectAt(distribution?.Properties ?? {}, "DistributionConfig");
  const behaviors = [
    ...listAt(config, "CacheBehaviors"),
    { ...objectAt(config, "DefaultCacheBehavior"), PathPattern: defaultPathPattern },
  ];
  return {
    defaultRootObject: String(config["DefaultRootObject"] ?? ""),
    customErrorResponses: listAt(config, "CustomErrorResponses").map(customErrorResponse),
    cacheBehaviors: behaviors.map((behavior) => cacheBehavior(resources, config, behavior)),
  };
}

function customErrorResponse(
  response: TemplateValue,
): SynthesizedSite["customErrorResponses"][number] {
  const { ErrorCode, ResponsePagePath, ResponseCode } = response;
  return {
    errorCode: Number(ErrorCode),
    ...(ResponsePagePath !== undefined && { responsePagePath: String(ResponsePagePath) }),
    ...(ResponseCode !== undefined && { responseCode: Number(ResponseCode) }),
  };
}

function cacheBehavior(
  resources: TemplateResources,
  config: TemplateValue,
  behavior: TemplateValue,
): SynthesizedCacheBehavior {
  const { OriginRequestPolicyId: originRequestPolicyId } = behavior;
  const origin = listAt(config, "Origins").find(({ Id }) => Id === behavior["TargetOriginId"]);
  return {
    pathPattern: String(behavior["PathPattern"]),
    viewerProtocolPolicy: behavior[
      "ViewerProtocolPolicy"
    ] as SynthesizedCacheBehavior["viewerProtocolPolicy"],
    cachePolicy: cachePolicyFacts(resources, behavior["CachePolicyId"]),
    ...(originRequestPolicyId !== undefined && {
      originRequestPolicy: originRequestPolicyFacts(resources, originRequestPolicyId),
    }),
    hasResponseHeadersPolicy: behavior["ResponseHeadersPolicyId"] !== undefined,
    // What a function does is its own affair; that one is there is all that a template says.
    generatesResponses: runsAt(behavior, "viewer-request"),
    originType: origin?.["S3OriginConfig"] === undefined ? "custom" : "s3",
  };
}

function runsAt(behavior: TemplateValue, eventType: EventType): boolean {
  return [
    ...listAt(behavior, "LambdaFunctionAssociations"),
    ...listAt(behavior, "FunctionAssociations"),
  ].some(({ EventType: at }) => at === eventType);
}
