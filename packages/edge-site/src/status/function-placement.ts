import { type JsonObject, listAt, objectAt } from "cloud-assembly";
import type { FunctionResource } from "../aws/function-resources.ts";
import type { StackResource } from "../aws/stack-resources.ts";

/** Where a function runs, and what of it. */
export interface FunctionPlacement {
  /** As in `viewer-request`, each once. */
  readonly eventTypes: readonly string[];
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
  const eventTypes = behaviorsOf(template).flatMap((behavior) =>
    ["LambdaFunctionAssociations", "FunctionAssociations"]
      .flatMap((list) => listAt(behavior, list))
      .filter((association) => JSON.stringify(association).includes(named))
      .map((association) => String(objectAt(association)["EventType"])),
  );
  return {
    eventTypes: [...new Set(eventTypes)],
    version: versionId?.physicalId.split(":").at(-1),
  };
}

function behaviorsOf(template: JsonObject): readonly JsonObject[] {
  const distributions = Object.values(objectAt(template, "Resources"))
    .map((resource) => objectAt(resource))
    .filter(({ Type }) => Type === "AWS::CloudFront::Distribution");
  return distributions.flatMap((distribution) => {
    const config = objectAt(distribution, "Properties", "DistributionConfig");
    return [
      objectAt(config, "DefaultCacheBehavior"),
      ...listAt(config, "CacheBehaviors").map((behavior) => objectAt(behavior)),
    ];
  });
}
