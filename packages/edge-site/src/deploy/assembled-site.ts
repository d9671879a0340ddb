import type { ContentTypeRules, SiteFileRules } from "cf-site-files";
import { type AssemblyStack, type JsonObject, objectAt, valueAt } from "cloud-assembly";
import { siteMetadataKey } from "../constructs/site-metadata-key.ts";
import { builtSiteFolder } from "../site/site-folder.ts";

/** A site's folder, and which of its files are published. */
export interface AssembledSite {
  /** Absolute path. */
  readonly folder: string;
  readonly rules: SiteFileRules;
  /** By glob. */
  readonly contentTypes: ContentTypeRules;
}

/** What the bucket's metadata says of them. */
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

/** Returns what a template says of its site; nothing where it is none of edge-site. */
export function siteMetadata(template: JsonObject): SiteMetadata | undefined {
  return Object.values(objectAt(template, "Resources"))
    .map((resource) => valueAt(resource, "Metadata", siteMetadataKey) as SiteMetadata | undefined)
    .find((found) => found !== undefined);
}
