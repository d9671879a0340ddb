import type { TemplateResource } from "cloud-assembly";
import { siteMetadataKey } from "./origin-content.ts";
import type { ObjectHeaders } from "../distribution/origins.ts";
import { pathPatternProblem } from "../distribution/path-pattern.ts";

/**
 * Reads the metadata that a bucket's objects are stored with, where the app names it beside the
 * site's folder; undefined where it does not.
 *
 * @throws {LocalCloudFrontError} when it is of another shape.
 */
export function objectHeadersOf({
  metadata,
}: TemplateResource): readonly ObjectHeaders[] | undefined {
  const property = metadata.property(siteMetadataKey).property("objectHeaders");
  if (!property.isPresent) return undefined;
  return property.items().map((item) => {
    const pathPattern = item.property("pathPattern");
    const problem = pathPatternProblem(pathPattern.string());
    if (problem !== undefined) throw pathPattern.error(problem, "Write a path pattern.", "CF-J-06");
    const headers = item.property("headers");
    return {
      pathPattern: pathPattern.string(),
      headers: Object.fromEntries(
        headers.names().map((name) => [name, headers.property(name).string()]),
      ),
    };
  });
}
