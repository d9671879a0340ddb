import { isDeepStrictEqual } from "node:util";
import { type JsonObject, listAt, valueAt } from "cloud-assembly";
import { cacheBehaviorsOf, distributionConfigOf } from "../aws/template-resources.ts";

/**
 * Returns the URL paths, with wildcards, whose cached responses come from functions of origin events that a
 * deploy changes: CloudFront caches what these make, and a new version is not asked before that has expired.
 *
 * @param deployed Nothing where there is no stack yet, and so nothing cached.
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-cloudfront-trigger-events.html
 */
export function stalePaths(deployed: JsonObject | undefined, next: JsonObject): readonly string[] {
  const before = originFunctions(deployed);
  const after = originFunctions(next);
  return [...before]
    .filter(([pathPattern, functions]) => !isDeepStrictEqual(functions, after.get(pathPattern)))
    .map(([pathPattern]) => (pathPattern.startsWith("/") ? pathPattern : `/${pathPattern}`));
}

/** The functions of origin events by the path pattern of their cache behavior. */
function originFunctions(
  template: JsonObject | undefined,
): ReadonlyMap<string, readonly unknown[]> {
  const behaviors = cacheBehaviorsOf(distributionConfigOf(template));
  return new Map(
    behaviors.map((behavior) => [
      String(behavior["PathPattern"]),
      listAt(behavior, "LambdaFunctionAssociations").filter((each) =>
        String(valueAt(each, "EventType")).startsWith("origin-"),
      ),
    ]),
  );
}
