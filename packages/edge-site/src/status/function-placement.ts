import { type JsonObject, listAt, objectAt } from "cloud-assembly";
import type { FunctionResource } from "../aws/function-resources.ts";
import type { StackResource } from "../aws/stack-resources.ts";
import {
  cacheBehaviorsOf,
  distributionConfigOf,
  templateResources,
} from "../aws/template-resources.ts";

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
  const version = templateResources(template, "AWS::Lambda::Version").find(
    ({ properties }) => objectAt(properties, "FunctionName")["Ref"] === logicalId,
  );
  const arn = resources.find((resource) => resource.logicalId === version?.logicalId)?.physicalId;
  // A function is named by its attribute, a version by reference.
  const named = JSON.stringify(engine === "lambda-edge" ? version?.logicalId : logicalId);
  const placed = cacheBehaviorsOf(distributionConfigOf(template)).flatMap((behavior) =>
    ["LambdaFunctionAssociations", "FunctionAssociations"]
      .flatMap((list) => listAt(behavior, list))
      .filter((association) => JSON.stringify(association).includes(named))
      .map((association) => ({
        pathPattern: String(behavior["PathPattern"]),
        eventType: String(objectAt(association)["EventType"]),
      })),
  );
  return {
    eventTypes: [...new Set(placed.map(({ eventType }) => eventType))],
    pathPatterns: [...new Set(placed.map(({ pathPattern }) => pathPattern))],
    version: arn?.split(":").at(-1),
  };
}
