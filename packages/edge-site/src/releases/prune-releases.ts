import pMap from "p-map";
import { awsFailure } from "../aws/aws-error.ts";
import { clock } from "../clock.ts";
import { type Bucket, deleteObject } from "../publish/bucket.ts";
import type { DeployedStore } from "../key-values/deployed-store.ts";
import { takePublishLock } from "../publish/publish-lock.ts";
import { reservedKeys } from "../publish/reserved-keys.ts";
import { concurrency } from "../publish/site-changes.ts";
import { storedHeaders, type StoredObject, storedObjects } from "../publish/stored-objects.ts";
import { readLiveRelease, readPreviews } from "./live-release.ts";
import {
  isOfReleases,
  releaseFolder,
  releaseRecordsFolder,
  releasesFolder,
} from "./release-layout.ts";
import { deleteRecord, readRecords, type ReleaseRecord } from "./release-record.ts";

/** Which releases stay beside the live one and those of previews. */
export interface PruneOptions {
  /** So many of the latest. */
  readonly keep: number;
  /** Those that are not older than so many days. */
  readonly days: number;
}

/** What pruning has done. */
export interface Pruned {
  /** Ids. */
  readonly releases: readonly string[];
  readonly deletedCount: number;
  /** Of the objects that are gone. */
  readonly bytes: number;
}

const dayMs = 24 * 60 * 60 * 1000;

/**
 * Deletes releases that are neither live, nor a preview's, nor to be kept, and the hashed assets that no other one has.
 * What others have put into the bucket stays. Run again after an interruption, it completes.
 *
 * @throws {EdgeSiteError} `PUBLISHED_BY_OTHERS`, or as `awsFailure`
 */
export async function pruneReleases(
  target: Bucket & DeployedStore,
  options: PruneOptions,
): Promise<Pruned> {
  try {
    await using lock = await takePublishLock(target);
    const live = await readLiveRelease(target);
    const pinned = new Set([live, ...(await readPreviews(target)).values()]);
    const records = await readRecords(target);
    const kept = keptReleases(records, pinned, options);
    const pruned = records.filter((record) => !kept.includes(record));
    const stored = await storedObjects(target);
    const garbage = await garbageOf(stored, { kept, live, isFirst: records.length < 2 }, target);
    lock.refuseWhenLost();
    await deleteObjects(
      garbage.map(([key]) => key),
      target,
    );
    // Last: an interrupted run finds them again.
    await pMap(pruned, ({ id }) => deleteRecord(target, id), { concurrency });
    return {
      releases: pruned.map(({ id }) => id),
      deletedCount: garbage.length,
      bytes: garbage.reduce((sum, [, { bytes }]) => sum + bytes, 0),
    };
  } catch (cause) {
    throw awsFailure("The releases are not pruned", cause);
  }
}

/**
 * Deletes all releases of a site that has none any more.
 *
 * @returns How many objects were deleted.
 * @throws {EdgeSiteError} `PUBLISHED_BY_OTHERS`, or as `awsFailure`
 */
export async function deleteReleases(bucket: Bucket): Promise<number> {
  try {
    await using lock = await takePublishLock(bucket);
    const keys = [
      ...(await storedObjects(bucket, releasesFolder)).keys(),
      ...(await storedObjects(bucket, releaseRecordsFolder)).keys(),
    ];
    lock.refuseWhenLost();
    await deleteObjects(keys, bucket);
    return keys.length;
  } catch (cause) {
    throw awsFailure("The releases are not deleted", cause);
  }
}

async function deleteObjects(keys: readonly string[], bucket: Bucket): Promise<void> {
  await pMap(keys, (key) => deleteObject(bucket, key), { concurrency });
}

function keptReleases(
  records: readonly ReleaseRecord[],
  pinned: ReadonlySet<string | undefined>,
  { keep, days }: PruneOptions,
): readonly ReleaseRecord[] {
  const since = new Date(clock.now() - days * dayMs).toISOString();
  return records.filter(
    ({ id, publishedAt }, index) => pinned.has(id) || index < keep || publishedAt > since,
  );
}

/** What is not garbage. */
interface KeptReleases {
  readonly kept: readonly ReleaseRecord[];
  readonly live: string | undefined;
  /** Whether there has been no other release. */
  readonly isFirst: boolean;
}

type Stored = readonly [key: string, object: StoredObject];

/** What belongs to no release that is kept: in the folders of others, and at the root what a deploy has put there. */
async function garbageOf(
  stored: ReadonlyMap<string, StoredObject>,
  { kept, live, isFirst }: KeptReleases,
  bucket: Bucket,
): Promise<readonly Stored[]> {
  const folders = kept.map(({ id }) => releaseFolder(id));
  const inFolders = [...stored].filter(
    ([key]) => key.startsWith(releasesFolder) && !folders.some((folder) => key.startsWith(folder)),
  );
  // Where the first release has gone live just now, edge locations still serve what was at the root before.
  if (isFirst) return inFolders;
  const known = new Set([...reservedKeys, ...kept.flatMap((record) => rootKeysOf(record, live))]);
  const atRoot = [...stored].filter(([key]) => !known.has(key) && !isOfReleases(key));
  const headers = await pMap(atRoot, ([key]) => storedHeaders(bucket, key), { concurrency });
  // What is marked as replaced the bucket deletes by itself, when its days are over.
  const isGarbage = (_: Stored, index: number): boolean =>
    headers[index]?.isOurs === true && !headers[index].isReplaced;
  return [...inFolders, ...atRoot.filter(isGarbage)];
}

/** Open tabs ask for the hashed assets of releases that are live no longer. */
function rootKeysOf({ id, files }: ReleaseRecord, live: string | undefined): readonly string[] {
  return files
    .filter(({ place }) => place === "shared" || (place === "root" && id === live))
    .map(({ key }) => key);
}
