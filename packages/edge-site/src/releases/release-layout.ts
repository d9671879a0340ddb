/** The folder of the releases in the bucket; a release's files are in a folder of its id. */
export const releasesFolder = "cf-edge-releases/";

/** The folder of the objects that say what a release is. CloudFront may not read it: they name who deploys. */
export const releaseRecordsFolder = "cf-edge-release-records/";

/** The request header that has the release, and that the cache key contains. */
export const releaseHeader = "x-release";

/** Returns the folder of a release's files. */
export function releaseFolder(id: string): string {
  return `${releasesFolder}${id}/`;
}

/** Whether an object is of releases, rather than of the site as it lies at the root of the bucket. */
export function isOfReleases(key: string): boolean {
  return key.startsWith(releasesFolder) || key.startsWith(releaseRecordsFolder);
}
