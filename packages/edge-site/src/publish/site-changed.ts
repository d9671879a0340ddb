import type { SiteFile } from "cf-site-files";
import { EdgeSiteError } from "../edge-site-error.ts";

type NamedFile = Pick<SiteFile, "key" | "file">;

/** Returns the error for a file that is no longer what it was when the site was listed. */
export function siteChanged({ key, file }: NamedFile, what: string): EdgeSiteError {
  return new EdgeSiteError(
    "SITE_CHANGED",
    `${JSON.stringify(key)} ${what} while the site was published: looked at ${file}. End what writes into the folder, build the site, then deploy again.`,
  );
}

/** Returns the error for a file that is gone, or the error itself where it says something else. */
export function vanishedOr(file: NamedFile, error: unknown): unknown {
  const isGone = error instanceof Error && "code" in error && error.code === "ENOENT";
  return isGone ? siteChanged(file, "has vanished") : error;
}
