import type { StackTemplate } from "../aws/stack-template.ts";
import { siteMetadataKey } from "../site-metadata-key.ts";
import { builtSiteFolder } from "../site-folder.ts";

/**
 * Returns the absolute path of the site's files, as the assembly names it: what was checked at synth is
 * what is published.
 *
 * @throws {InfraError} `SITE_NOT_BUILT`.
 */
export function assembledSiteFolder(
  { Resources = {} }: StackTemplate,
  assemblyFolder: string,
): string {
  const [path = ""] = Object.values(Resources).flatMap(({ Metadata }) => {
    const site = Metadata?.[siteMetadataKey] as { readonly path: string } | undefined;
    return site === undefined ? [] : [site.path];
  });
  return builtSiteFolder(path, assemblyFolder);
}
