import { eventTypes } from "cf-rules";
import type { EventType } from "cf-types";
import {
  type EvaluatedAssembly,
  isJsonObject,
  type JsonObject,
  listAt,
  objectAt,
  type TemplateResource,
  valueAt,
} from "cloud-assembly";
import { findFunction, type NamedFunction } from "./find-function.ts";

/** A Lambda@Edge function on an event type of a cache behavior. */
export interface LambdaAssociation {
  readonly eventType: EventType;
  readonly includeBody: boolean;
  /** Its path in the distribution's resource. */
  readonly property: string;
  /** Undefined where only the deployment knows it. */
  readonly function: NamedFunction | undefined;
}

/** A cache behavior of a distribution. */
export interface CacheBehavior {
  readonly distribution: TemplateResource;
  /** As in `Properties.DistributionConfig.CacheBehaviors.0`. */
  readonly property: string;
  /** How messages call it. */
  readonly name: string;
  readonly config: JsonObject;
  readonly lambdas: readonly LambdaAssociation[];
  /** The ids of the origins that it may reach: those of an origin group, or one. */
  readonly originIds: readonly string[];
}

const configPath = "Properties.DistributionConfig";

/** Returns the cache behaviors of all distributions. */
export function cacheBehaviors(app: EvaluatedAssembly): readonly CacheBehavior[] {
  return app.resourcesOfType("AWS::CloudFront::Distribution").flatMap((distribution) => {
    const { DefaultCacheBehavior: first, CacheBehaviors: others } = objectAt(
      distribution.values,
      "DistributionConfig",
    );
    const list = Array.isArray(others) ? others : [];
    return [
      behavior(app, distribution, "DefaultCacheBehavior", first),
      ...list.map((each, index) => behavior(app, distribution, `CacheBehaviors.${index}`, each)),
    ];
  });
}

/** Returns an origin of a distribution by its id. */
export function originOf(distribution: TemplateResource, id: string): JsonObject {
  const origins = listAt(distribution.values, "DistributionConfig", "Origins");
  return objectAt(origins.find((origin) => valueAt(origin, "Id") === id));
}

function behavior(
  app: EvaluatedAssembly,
  distribution: TemplateResource,
  path: string,
  value: unknown,
): CacheBehavior {
  const config = objectAt(value);
  const property = `${configPath}.${path}`;
  const pattern = config["PathPattern"];
  return {
    distribution,
    property,
    name: `Cache behavior ${JSON.stringify(typeof pattern === "string" ? pattern : "*")} of ${distribution.logicalId}`,
    config,
    lambdas: listAt(config, "LambdaFunctionAssociations").flatMap((each, index) =>
      isJsonObject(each)
        ? association(app, each, `${property}.LambdaFunctionAssociations.${index}`)
        : [],
    ),
    originIds: originIds(distribution, String(config["TargetOriginId"])),
  };
}

function association(
  app: EvaluatedAssembly,
  { EventType: eventType, IncludeBody: includeBody, LambdaFunctionARN: arn }: JsonObject,
  property: string,
): readonly LambdaAssociation[] {
  if (!isEventType(eventType)) return [];
  return [
    {
      eventType,
      includeBody: String(includeBody) === "true",
      property,
      function: typeof arn === "string" ? findFunction(app, arn) : undefined,
    },
  ];
}

function isEventType(value: unknown): value is EventType {
  return typeof value === "string" && eventTypes.some((each) => each === value);
}

function originIds(distribution: TemplateResource, id: string): readonly string[] {
  const groups = listAt(distribution.values, "DistributionConfig", "OriginGroups", "Items");
  const group = groups.find((each) => valueAt(each, "Id") === id);
  if (group === undefined) return [id];
  return listAt(group, "Members", "Items").map((each) => String(valueAt(each, "OriginId")));
}
