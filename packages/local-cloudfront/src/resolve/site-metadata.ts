import type { TemplateProperty, TemplateResource } from "cloud-assembly";
import type { ObjectHeaders, SiteFileGlobs } from "../distribution/origins.ts";
import { pathPatternProblem } from "../distribution/path-pattern.ts";

/** The key of a bucket's metadata under which an app names the folder of the site and how it is published. */
export const siteMetadataKey = "cf-edge:site";

/**
 * Reads the metadata that a bucket's objects are stored with, where the app names it beside the
 * site's folder; undefined where it does not.
 *
 * @throws {CloudAssemblyError} when it is of another shape.
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
    return {
      pathPattern: pathPattern.string(),
      hashedNames: item.property("hashedNames").boolean(false),
      headers: textsOf(item.property("headers")),
    };
  });
}

/**
 * Reads the Content-Types that a bucket's site sets by glob; undefined where no site is named in its
 * metadata.
 *
 * @throws {CloudAssemblyError} when they are of another shape.
 */
export function contentTypesOf({ metadata }: TemplateResource): Record<string, string> | undefined {
  const site = metadata.property(siteMetadataKey);
  return site.isPresent ? textsOf(site.property("contentTypes")) : undefined;
}

function textsOf(property: TemplateProperty): Record<string, string> {
  return Object.fromEntries(
    property.names().map((name) => [name, property.property(name).string()]),
  );
}

/**
 * Reads which files a bucket's site publishes otherwise than by default; undefined where no site is named
 * in its metadata.
 *
 * @throws {CloudAssemblyError} when it is of another shape.
 */
export function siteFileGlobsOf({ metadata }: TemplateResource): SiteFileGlobs | undefined {
  const site = metadata.property(siteMetadataKey);
  if (!site.isPresent) return undefined;
  const globs = site.property("siteFiles");
  return {
    include: globs.property("include").strings(),
    exclude: globs.property("exclude").strings(),
  };
}
