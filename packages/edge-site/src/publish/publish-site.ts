import type { CloudFrontClient } from "@aws-sdk/client-cloudfront";
import { DeleteObjectCommand } from "@aws-sdk/client-s3";
import pMap from "p-map";
import { awsFailure } from "../aws/aws-error.ts";
import { replacedTag } from "../constructs/replaced-tag.ts";
import { copyObject } from "./copy-object.ts";
import { createInvalidation } from "./create-invalidation.ts";
import {
  clearPendingInvalidation,
  notePendingInvalidation,
  readPendingInvalidation,
} from "./pending-invalidation.ts";
import { type PublishLock, takePublishLock } from "./publish-lock.ts";
import { thisPublisher } from "./publisher.ts";
import { fewPaths, invalidationPaths } from "./invalidation-paths.ts";
import type { PublishPlan } from "./publish-plan.ts";
import { type ObjectTarget, putObjects } from "./put-objects.ts";
import { concurrency, type SiteChanges, siteChanges } from "./site-changes.ts";
import { siteMetadata } from "./stored-objects.ts";

/** Where a site is published. */
export interface PublishTarget extends ObjectTarget {
  readonly cloudFront: CloudFrontClient;
  readonly distributionId: string;
  /**
   * URL paths, with wildcards, that are to be invalidated whatever the site has changed.
   * @default - none
   */
  readonly stalePaths?: readonly string[];
}

/** What publishing has done. */
export interface Published {
  readonly storedCount: number;
  readonly unchangedCount: number;
  /** Files of the site that are gone. */
  readonly droppedCount: number;
  /** Hashed assets that stay for a while. */
  readonly replacedCount: number;
  /** Keys that look as if they had a hash and were published with another content before. */
  readonly reusedKeys: readonly string[];
  /** The invalidation that tells the edge locations, where one was needed. */
  readonly invalidationId: string | undefined;
}

/**
 * Makes the bucket hold the built site and tells the distribution what has changed: new files group after
 * group, then what is gone, then one invalidation. Hashed assets that the site no longer names stay for
 * tabs that are open. Run again after an interruption, it completes; run again otherwise, it does nothing.
 * Meanwhile the bucket is locked.
 *
 * @throws {EdgeSiteError} `PUBLISHED_BY_OTHERS` when another deploy publishes to the bucket, `SITE_CHANGED`, or
 * {EdgeSiteError} `AWS_FAILED` when AWS refuses a request or cannot be reached.
 */
export async function publishSite(plan: PublishPlan, target: PublishTarget): Promise<Published> {
  const { s3, bucketName, distributionId } = target;
  try {
    const found = await siteChanges(plan, s3, bucketName);
    if (isUnchanged(found, target)) return publishedBy(found, undefined);
    await using lock = await takePublishLock(s3, bucketName, thisPublisher());
    // Another deploy may have ended just now.
    const changes = await siteChanges(plan, s3, bucketName);
    const paths = await changedPaths(plan, changes, target);
    if (paths.length > 0) await notePendingInvalidation(s3, bucketName, paths);
    await applyChanges(changes, target, lock);
    return publishedBy(changes, paths.length > 0 ? await invalidate(paths, target) : undefined);
  } catch (cause) {
    throw awsFailure(
      `The stack is deployed, but its site is not published to bucket ${JSON.stringify(bucketName)} and distribution ${JSON.stringify(distributionId)}`,
      cause,
    );
  }
}

function isUnchanged(
  { groups, dropped, replaced, hasPendingInvalidation }: SiteChanges,
  { stalePaths = [] }: PublishTarget,
): boolean {
  const changes = [groups.flat(), dropped, replaced, stalePaths];
  return changes.flat().length === 0 && !hasPendingInvalidation;
}

function publishedBy(changes: SiteChanges, invalidationId: string | undefined): Published {
  return {
    storedCount: changes.groups.flat().length,
    unchangedCount: changes.unchangedCount,
    droppedCount: changes.dropped.length,
    replacedCount: changes.replaced.length,
    reusedKeys: changes.groups
      .flat()
      .filter(({ isReused }) => isReused)
      .map(({ key }) => key),
    invalidationId,
  };
}

async function applyChanges(
  changes: SiteChanges,
  target: PublishTarget,
  lock: PublishLock,
): Promise<void> {
  for (const group of changes.groups) {
    lock.refuseWhenLost();
    await putObjects(group, target);
  }
  lock.refuseWhenLost();
  await pMap(changes.dropped, (key) => deleteObject(key, target), { concurrency });
  await pMap(changes.replaced, (object) => markReplaced(object, target), { concurrency });
}

/** The URL paths whose content changes under the same name, those of an interrupted run included. */
async function changedPaths(
  { isHashed }: PublishPlan,
  changes: SiteChanges,
  { s3, bucketName, stalePaths = [] }: PublishTarget,
): Promise<readonly string[]> {
  const pending = changes.hasPendingInvalidation
    ? await readPendingInvalidation(s3, bucketName)
    : [];
  const changed = changes.groups
    .flat()
    .filter(({ key, isReused }) => isReused || !isHashed(key))
    .map(({ key }) => key);
  // Of a bucket that holds nothing yet, nothing is cached.
  const own = changes.isFirst ? [] : invalidationPaths([...changed, ...changes.dropped]);
  return fewPaths([...pending, ...stalePaths, ...own]);
}

async function invalidate(paths: readonly string[], target: PublishTarget): Promise<string> {
  const id = await createInvalidation(paths, target.cloudFront, target.distributionId);
  await clearPendingInvalidation(target.s3, target.bucketName);
  return id;
}

async function deleteObject(key: string, { s3, bucketName }: PublishTarget): Promise<void> {
  await s3.send(new DeleteObjectCommand({ Bucket: bucketName, Key: key }));
}

/** The copy onto itself begins the object's life anew: the bucket counts the days from here. */
function markReplaced(
  { key, contentType, cacheControl }: SiteChanges["replaced"][number],
  { s3, bucketName }: PublishTarget,
): Promise<void> {
  return copyObject(s3, bucketName, {
    from: key,
    to: key,
    contentType,
    cacheControl,
    metadata: { [siteMetadata.key]: siteMetadata.replaced },
    tagging: { [replacedTag.Key]: replacedTag.Value },
  });
}
