import { type JsonObject, listAt, objectAt, valueAt } from "cloud-assembly";
import { defaultPathPattern } from "../artefact/placed-functions.ts";

/** A resource as a template has it: intrinsic functions are not evaluated. */
export interface TemplateResource {
  readonly logicalId: string;
  readonly properties: JsonObject;
  readonly metadata: JsonObject;
}

/** Returns the resources of a type, as in `AWS::CloudFront::Function`, in the order of the template. */
export function templateResources(
  template: JsonObject | undefined,
  type: string,
): readonly TemplateResource[] {
  return Object.entries(objectAt(template, "Resources"))
    .filter(([, resource]) => valueAt(resource, "Type") === type)
    .map(([logicalId, resource]) => ({
      logicalId,
      properties: objectAt(resource, "Properties"),
      metadata: objectAt(resource, "Metadata"),
    }));
}

/** Returns the `DistributionConfig` of a template; an empty one where it has no distribution. */
export function distributionConfigOf(template: JsonObject | undefined): JsonObject {
  const [distribution] = templateResources(template, "AWS::CloudFront::Distribution");
  return objectAt(distribution?.properties, "DistributionConfig");
}

/**
 * Returns the cache behaviors of a `DistributionConfig` in the order in which CloudFront looks for one that matches:
 * the default one comes last, with the path pattern `*`.
 */
export function cacheBehaviorsOf(distributionConfig: JsonObject): readonly JsonObject[] {
  return [
    ...listAt(distributionConfig, "CacheBehaviors").map((behavior) => objectAt(behavior)),
    ...listAt(distributionConfig, "DefaultCacheBehavior").map((behavior) => ({
      ...objectAt(behavior),
      PathPattern: defaultPathPattern,
    })),
  ];
}
