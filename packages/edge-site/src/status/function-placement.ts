import { type JsonObject, listAt, objectAt } from "cloud-assembly";
import { defaultPathPattern } from "../artefact/placed-functions.ts";
import type { FunctionResource } from "../aws/function-resources.ts";
import type { StackResource } from "../aws/stack-resources.ts";

/** Where a function runs, and what of it. */
export interface FunctionPlacement {
  /** As in `viewer-request`, each once. */
  readonly eventTypes: readonly string[];
  /** Of the cache behaviors that run it, in their order; `*` is the default one. */
  readonly pathPatterns: readonly string[];
  /** The number of the version that the distribution names; undefined for a CloudFront Function, which has none. */
  readonly version: string | undefined;
}

/** Returns where the distribution of a deployed template runs a function. */
export function functionPlacement(
  { logicalId, engine }: FunctionResource,
  template: JsonObject,
  resources: readonly StackResource[],
): FunctionPlacement {
  const versionId = resources.find(
    (resource) =>
      resource.type === "AWS::Lambda::Version" &&
      objectAt(template, "Resources", resource.logicalId, "Properties", "FunctionName")["Ref"] ===
        logicalId,
  );
  // A function is named by its attribute, a version by reference.
  const named = JSON.stringify(engine === "lambda-edge" ? versionId?.logicalId : logicalId);
  const placed = behaviorsOf(template).flatMap(({ pathPattern, behavior }) =>
    ["LambdaFunctionAssociations", "FunctionAssociations"]
      .flatMap((list) => listAt(behavior, list))
      .filter((association) => JSON.stringify(association).includes(named))
      .map((association) => ({
        pathPattern,
        eventType: String(objectAt(association)["EventType"]),
      })),
  );
  return {
    eventTypes: [...new Set(placed.map(({ eventType }) => eventType))],
    pathPatterns: [...new Set(placed.map(({ pathPattern }) => pathPattern))],
    version: versionId?.physicalId.split(":").at(-1),
  };
}

interface PlacedBehavior {
  readonly pathPattern: string;
  readonly behavior: JsonObject;
}

/** In the order in which CloudFront looks for one that matches. */
function behaviorsOf(template: JsonObject): readonly PlacedBehavior[] {
  const distributions = Object.values(objectAt(template, "Resources"))
    .map((resource) => objectAt(resource))
    .filter(({ Type }) => Type === "AWS::CloudFront::Distribution");
  return distributions.flatMap((distribution) => {
    const config = objectAt(distribution, "Properties", "DistributionConfig");
    return [
      ...listAt(config, "CacheBehaviors").map((each) => {
        const behavior = objectAt(each);
        return { pathPattern: String(behavior["PathPattern"]), behavior };
      }),
      { pathPattern: defaultPathPattern, behavior: objectAt(config, "DefaultCacheBehavior") },
    ];
  });
}
