import {
  type LeftOutFile,
  openSiteFolder,
  SiteFilesError,
  type SiteFileRules,
  type SiteListing,
} from "cf-site-files";
import { EdgeSiteError } from "../edge-site-error.ts";
import { reservedKeys } from "../publish/reserved-keys.ts";

/**
 * Returns the site's files in the order of their keys, and what is left out of it.
 *
 * @param siteFolder Absolute path.
 * @throws {EdgeSiteError} `REFUSED_SITE_FILE`, a line for each, as for a link that leads out of the folder.
 */
export function siteFiles(siteFolder: string, rules: SiteFileRules): SiteListing {
  try {
    const listing = openSiteFolder(siteFolder, rules).list();
    refuseReservedKeys(siteFolder, listing);
    return listing;
  } catch (cause) {
    if (!(cause instanceof SiteFilesError)) throw cause;
    const lines = cause.refused.map(({ message }) => `siteFolder ${siteFolder}: ${message}`);
    throw new EdgeSiteError("REFUSED_SITE_FILE", lines.join("\n"), { cause });
  }
}

function refuseReservedKeys(siteFolder: string, { files }: SiteListing): void {
  const taken = files.find(({ key }) => reservedKeys.includes(key));
  if (taken === undefined) return;
  throw new EdgeSiteError(
    "REFUSED_SITE_FILE",
    `siteFolder ${siteFolder}: ${JSON.stringify(taken.key)} has the name of an object that a deploy itself keeps in the bucket. Rename it, or name it in siteFiles.exclude.`,
  );
}

/** Names what is left out of a site, as in `.env (hidden file)`. */
export function describeLeftOut(leftOut: readonly LeftOutFile[]): string {
  return leftOut.map(({ path, reason }) => `${path} (${reason})`).join(", ");
}
