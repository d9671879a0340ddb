import type { SiteFileRules } from "site-files";
import type { StackTemplate } from "../aws/stack-template.ts";
import { siteMetadataKey } from "../site-metadata-key.ts";
import { builtSiteFolder } from "../site-folder.ts";

/** A site's folder, and which of its files are published. */
export interface AssembledSite {
  /** Absolute path. */
  readonly folder: string;
  readonly rules: SiteFileRules;
}

/** What the bucket's metadata says of them. */
interface SiteMetadata {
  /** Relative to the assembly. */
  readonly path: string;
  readonly siteFiles?: SiteFileRules;
}

/**
 * Returns the site as the assembly names it: what was checked at synth is what is published.
 *
 * @throws {InfraError} `SITE_NOT_BUILT`.
 */
export function assembledSite(
  { Resources = {} }: StackTemplate,
  assemblyFolder: string,
): AssembledSite {
  const [site] = Object.values(Resources).flatMap(({ Metadata }) => {
    const found = Metadata?.[siteMetadataKey] as SiteMetadata | undefined;
    return found === undefined ? [] : [found];
  });
  return {
    folder: builtSiteFolder(site?.path ?? "", assemblyFolder),
    rules: site?.siteFiles ?? {},
  };
}
