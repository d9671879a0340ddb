import { isDeepStrictEqual } from "node:util";
import { type JsonObject, objectAt, valueAt } from "cloud-assembly";

/**
 * Returns the URL paths, with wildcards, whose cached responses come from functions of origin events that a
 * deploy changes: CloudFront caches what these make, and a new version is not asked before that has expired.
 *
 * @param deployed Nothing where there is no stack yet, and so nothing cached.
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-cloudfront-trigger-events.html
 */
export function stalePaths(deployed: JsonObject | undefined, next: JsonObject): readonly string[] {
  const before = originFunctions(deployed ?? {});
  const after = originFunctions(next);
  return [...before]
    .filter(([pathPattern, functions]) => !isDeepStrictEqual(functions, after.get(pathPattern)))
    .map(([pathPattern]) => (pathPattern.startsWith("/") ? pathPattern : `/${pathPattern}`));
}

/** The functions of origin events by the path pattern of their cache behavior. */
function originFunctions(template: JsonObject): ReadonlyMap<string, readonly unknown[]> {
  const behaviors = Object.values(objectAt(template, "Resources"))
    .filter((resource) => valueAt(resource, "Type") === "AWS::CloudFront::Distribution")
    .map((resource) => objectAt(resource, "Properties", "DistributionConfig"))
    .flatMap((config) => [
      { pathPattern: "*", behavior: config["DefaultCacheBehavior"] },
      ...listOf(config["CacheBehaviors"]).map((behavior) => ({
        pathPattern: String(valueAt(behavior, "PathPattern")),
        behavior,
      })),
    ]);
  return new Map(
    behaviors.map(({ pathPattern, behavior }) => [
      pathPattern,
      listOf(valueAt(behavior, "LambdaFunctionAssociations")).filter((each) =>
        String(valueAt(each, "EventType")).startsWith("origin-"),
      ),
    ]),
  );
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
