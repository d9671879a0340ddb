import pMap from "p-map";
import { awsFailure } from "../aws/aws-error.ts";
import { copyObject } from "../publish/copy-object.ts";
import { invalidationPaths } from "../publish/invalidation-paths.ts";
import {
  addPendingInvalidation,
  type DistributedBucket,
  invalidateNoted,
  readPendingInvalidation,
} from "../publish/pending-invalidation.ts";
import type { DeployedStore } from "../key-values/deployed-store.ts";
import { takePublishLock } from "../publish/publish-lock.ts";
import { concurrency } from "../publish/site-changes.ts";
import { siteMetadata, sourceEtagMetadata, storedEtag } from "../publish/stored-objects.ts";
import { type ReleaseSwitch, switchLiveRelease } from "./live-release.ts";
import { releaseFolder } from "./release-layout.ts";
import type { ReleaseFile, ReleaseRecord } from "./release-record.ts";

/** Where a release goes live. */
export type SwitchTarget = DistributedBucket & DeployedStore;

/** What else a switch does. */
export interface SwitchOptions extends Pick<ReleaseSwitch, "from" | "stage"> {
  /**
   * URL paths, with wildcards, to invalidate whatever the release has changed.
   * @default - none
   */
  readonly stalePaths?: readonly string[];
}

/**
 * Makes a release the live one, by one write into the key value store. What lies outside of releases' folders, since no
 * function sees the requests for it, follows: a new file before the switch, and one that changes under its name after
 * it, with an invalidation. Run again after an interruption, it completes.
 *
 * @returns The id of the invalidation, where one was needed.
 * @throws {EdgeSiteError} `SWITCHED_BY_OTHERS`, `PUBLISHED_BY_OTHERS`, or as `awsFailure`
 */
export async function switchRelease(
  record: ReleaseRecord,
  target: SwitchTarget,
  { from, stage, stalePaths = [] }: SwitchOptions,
): Promise<string | undefined> {
  try {
    await using lock = await takePublishLock(target);
    const { absent, changed } = await rootChanges(record, target);
    await pMap(absent, (file) => copyToRoot(file, record.id, target), { concurrency });
    const own = [...stalePaths, ...invalidationPaths(changed.map(({ key }) => key))];
    if (own.length > 0) await addPendingInvalidation(target, own);
    // With those of an interrupted run, which has not invalidated what it has copied.
    const paths = await readPendingInvalidation(target);
    lock.refuseWhenLost();
    await switchLiveRelease(target, { from, to: record.id, stage });
    await pMap(changed, (file) => copyToRoot(file, record.id, target), { concurrency });
    return paths.length === 0 ? undefined : await invalidateNoted(paths, target);
  } catch (cause) {
    throw awsFailure(`The switch to release ${record.id} is not complete`, cause);
  }
}

/** What the root of the bucket lacks of a release, and what it has with another content. */
async function rootChanges({ files }: ReleaseRecord, target: SwitchTarget) {
  const atRoot = files.filter(({ place }) => place === "root");
  const found = await pMap(
    atRoot,
    async (file) => ({ file, etag: await storedEtag(target, file.key) }),
    { concurrency },
  );
  return {
    absent: found.filter(({ etag }) => etag === undefined).map(({ file }) => file),
    changed: found
      .filter(({ file, etag }) => etag !== undefined && etag !== file.etag)
      .map(({ file }) => file),
  };
}

function copyToRoot(
  { key, etag, contentType, cacheControl, isReused = false }: ReleaseFile,
  id: string,
  target: SwitchTarget,
): Promise<void> {
  return copyObject(target, {
    from: `${releaseFolder(id)}${key}`,
    to: key,
    contentType,
    cacheControl,
    metadata: {
      [siteMetadata.key]: siteMetadata[isReused ? "reused" : "published"],
      [sourceEtagMetadata]: etag,
    },
  });
}
