import type { TemplateResource } from "cloud-assembly";
import { siteMetadataKey } from "./origin-content.ts";
import type { SiteFileGlobs } from "../distribution/origins.ts";

/**
 * Reads which files a bucket's site publishes otherwise than by default; undefined where no site is named
 * in its metadata.
 *
 * @throws {LocalCloudFrontError} when it is of another shape.
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
