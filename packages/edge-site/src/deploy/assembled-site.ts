import type { ContentTypeRules, SiteFileRules } from "cf-site-files";
import type { AssemblyStack, JsonObject } from "cloud-assembly";
import { templateResources } from "../aws/template-resources.ts";
import { builtSiteFolder } from "../site/site-folder.ts";

/** A site's folder, and which of its files are published. */
export interface AssembledSite {
  /** Absolute path. */
  readonly folder: string;
  readonly rules: SiteFileRules;
  /** By glob. */
  readonly contentTypes: ContentTypeRules;
}

/** The bucket's metadata in the template from which the local CloudFront learns the bucket's content. */
export const siteMetadataKey = "cf-edge:site";

/** What that metadata says. */
export interface SiteMetadata {
  /** Relative to the assembly. */
  readonly path: string;
  readonly siteFiles?: SiteFileRules;
  readonly contentTypes?: ContentTypeRules;
}

/**
 * Returns the site as the assembly names it: what was checked at synth is what is published.
 *
 * @throws {EdgeSiteError} `SITE_NOT_BUILT`.
 */
export function assembledSite({ folder, template }: AssemblyStack): AssembledSite {
  const site = siteMetadata(template);
  return {
    folder: builtSiteFolder(site?.path ?? "", folder),
    rules: site?.siteFiles ?? {},
    contentTypes: site?.contentTypes ?? {},
  };
}

/** Returns what a template says of its site; undefined where it is none of edge-site. */
export function siteMetadata(template: JsonObject): SiteMetadata | undefined {
  const buckets = templateResources(template, "AWS::S3::Bucket");
  const site = buckets.find(({ metadata }) => metadata[siteMetadataKey] !== undefined);
  return site?.metadata[siteMetadataKey] as SiteMetadata | undefined;
}
