import type { BucketFolder } from "./bucket-folder.ts";

/**
 * Returns a bucket that has what its folder has, and what a build under way has removed from there.
 *
 * @param lastBuild returns the bucket of the last good build; undefined where none is kept
 */
export function withLastBuild(
  folder: BucketFolder,
  lastBuild: () => BucketFolder | undefined,
): BucketFolder {
  return {
    readObject: async (key) => (await folder.readObject(key)) ?? lastBuild()?.readObject(key),
    whyNotPublished: (key) => folder.whyNotPublished(key),
  };
}
