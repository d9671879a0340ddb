import pMap from "p-map";
import { awsFailure } from "../aws/aws-error.ts";
import { EdgeSiteError } from "../edge-site-error.ts";
import type { Bucket } from "../publish/bucket.ts";
import { copyObject, maxCopyBytes } from "../publish/copy-object.ts";
import { type PublishLock, takePublishLock } from "../publish/publish-lock.ts";
import { type Publisher, thisPublisher } from "../publish/publisher.ts";
import type { SiteObject } from "../publish/publish-plan.ts";
import { type ObjectTarget, putObjects } from "../publish/put-objects.ts";
import { comparedObjects, concurrency } from "../publish/site-changes.ts";
import { siteMetadata, storedObjects } from "../publish/stored-objects.ts";
import type { Release } from "./release.ts";
import { releaseFolder } from "./release-layout.ts";
import { readRecord, type ReleaseFile, type ReleaseRecord, writeRecord } from "./release-record.ts";

/** Where a release is published, and what is known of it beside its files. */
export interface ReleaseTarget extends ObjectTarget, Pick<ReleaseRecord, "functions" | "scripts"> {
  /** The id of the live one, whose equal files are copied; undefined where there is none. */
  readonly live: string | undefined;
}

/** What publishing a release has done. */
export interface PublishedRelease {
  readonly record: ReleaseRecord;
  readonly storedCount: number;
  /** Files that were copied within the bucket. */
  readonly copiedCount: number;
  readonly unchangedCount: number;
  /** Keys that look as if they had a hash and were published with another content before. */
  readonly reusedKeys: readonly string[];
}

/**
 * Stores a release beside those that there are: nobody is served it before it is live. Files that the bucket has
 * already are not uploaded again. Run again after an interruption, it completes. Meanwhile the bucket is locked.
 *
 * @throws {EdgeSiteError} `PUBLISHED_BY_OTHERS`, `SITE_CHANGED`, or as `awsFailure`
 */
export async function publishRelease(
  release: Release,
  target: ReleaseTarget,
): Promise<PublishedRelease> {
  const { bucketName } = target;
  try {
    const publisher = thisPublisher();
    await using lock = await takePublishLock(target, { publisher });
    return await publishLocked(release, target, { publisher, lock });
  } catch (cause) {
    throw awsFailure(
      `Release ${release.id} is not published to bucket ${JSON.stringify(bucketName)}, and the live one stays`,
      cause,
    );
  }
}

async function publishLocked(
  release: Release,
  target: ReleaseTarget,
  { publisher, lock }: { readonly publisher: Publisher; readonly lock: PublishLock },
): Promise<PublishedRelease> {
  const { live, functions, scripts } = target;
  refuseTooLarge(release);
  const { fresh, reused, sameCount } = await sharedChanges(release, target);
  lock.refuseWhenLost();
  await putObjects(fresh, target);
  const own = [...reused, ...release.own];
  const { missing, copies } = await ownChanges({ ...release, own }, target);
  lock.refuseWhenLost();
  await pMap(copies, (each) => copyFromLive(each, release.id, target), { concurrency });
  lock.refuseWhenLost();
  await putObjects(missing.map(inFolder(release.id)), target);
  lock.refuseWhenLost();
  const reusedKeys = reused.map(({ key }) => key);
  const places = [
    ...release.shared.filter(({ key }) => !reusedKeys.includes(key)).map(fileAt("shared")),
    ...own.map((object) => fileAt(release.isAtRoot(object.key) ? "root" : "release")(object)),
  ];
  const record: ReleaseRecord = {
    id: release.id,
    publishedAt: new Date().toISOString(),
    ...publisher,
    files: places.toSorted((one, other) => (one.key < other.key ? -1 : 1)),
    functions,
    scripts,
    ...(live !== undefined && live !== release.id && { previous: live }),
  };
  await keepPrevious(record, target);
  return {
    record,
    storedCount: fresh.length + missing.length,
    copiedCount: copies.length,
    unchangedCount: sameCount + own.length - missing.length - copies.length,
    reusedKeys,
  };
}

/** What lies at the root is copied there when the release goes live. */
function refuseTooLarge({ own, isAtRoot }: Release): void {
  const large = own.find(({ key, bytes }) => bytes > maxCopyBytes && isAtRoot(key));
  if (large === undefined) return;
  throw new EdgeSiteError(
    "REFUSED_SITE_FILE",
    `${JSON.stringify(large.key)} is too large for a release: got ${large.bytes} bytes, of which S3 copies ${maxCopyBytes} at most. Give its name a hash of its content, or move it out of the folder of hashedAssetsPattern.`,
  );
}

/** The live release that is published anew is no other one: it keeps the one before it. */
async function keepPrevious(record: ReleaseRecord, bucket: Bucket): Promise<void> {
  const earlier = record.previous === undefined ? await readRecord(bucket, record.id) : undefined;
  await writeRecord(bucket, { ...record, previous: record.previous ?? earlier?.previous });
}

/** What the bucket lacks of hashed assets, and those whose name has another content there. */
async function sharedChanges({ shared, sharedPrefix, isHashed }: Release, target: ReleaseTarget) {
  const stored = await storedObjects(target, sharedPrefix);
  const { now, same } = await comparedObjects(shared, stored, isHashed, target);
  const reused = shared.map(now).filter(({ isReused }) => isReused);
  const fresh = shared.filter((object) => !same.has(object.key) && !now(object).isReused);
  return { fresh, reused, sameCount: shared.length - fresh.length - reused.length };
}

/** What of a release's own files is not in its folder yet, and what of that the live release has. */
async function ownChanges({ id, own }: Release, target: ReleaseTarget) {
  const { live } = target;
  const stored = await storedObjects(target, releaseFolder(id));
  const absent = own.filter(
    ({ key, etag }) => stored.get(`${releaseFolder(id)}${key}`)?.etag !== etag,
  );
  const liveFiles = live === undefined || live === id ? [] : await ownFilesOf(live, target);
  const byKey = new Map(liveFiles.map((file) => [file.key, file]));
  const isCopy = (object: SiteObject): boolean => isSame(object, byKey.get(object.key));
  return { missing: absent.filter((each) => !isCopy(each)), copies: absent.filter(isCopy) };
}

async function ownFilesOf(id: string, bucket: Bucket): Promise<readonly ReleaseFile[]> {
  const record = await readRecord(bucket, id);
  return record?.files.filter(({ place }) => place !== "shared") ?? [];
}

function isSame(object: SiteObject, file: ReleaseFile | undefined): boolean {
  return (
    file !== undefined &&
    file.etag === object.etag &&
    file.contentType === object.contentType &&
    file.cacheControl === object.cacheControl &&
    // A copy of what was stored in parts has another ETag.
    !file.etag.includes("-") &&
    file.bytes <= maxCopyBytes
  );
}

function copyFromLive(
  { key, contentType, cacheControl, isReused }: SiteObject,
  id: string,
  target: ReleaseTarget,
): Promise<void> {
  return copyObject(target, {
    from: `${releaseFolder(target.live ?? "")}${key}`,
    to: `${releaseFolder(id)}${key}`,
    contentType,
    cacheControl,
    metadata: { [siteMetadata.key]: siteMetadata[isReused ? "reused" : "published"] },
  });
}

function inFolder(id: string): (object: SiteObject) => SiteObject {
  return (object) => ({ ...object, key: `${releaseFolder(id)}${object.key}` });
}

function fileAt(place: ReleaseFile["place"]): (object: SiteObject) => ReleaseFile {
  return ({ key, etag, bytes, contentType, cacheControl, isReused }) => ({
    key,
    etag,
    bytes,
    contentType,
    cacheControl,
    place,
    ...(isReused && { isReused }),
  });
}
