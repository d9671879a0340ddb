import pMap from "p-map";
import { awsFailure } from "../aws/aws-error.ts";
import { deleteObject } from "./bucket.ts";
import { copyAsReplaced } from "./copy-object.ts";
import {
  type DistributedBucket,
  invalidateNoted,
  notePendingInvalidation,
  readPendingInvalidation,
} from "./pending-invalidation.ts";
import { type PublishLock, takePublishLock } from "./publish-lock.ts";
import { fewPaths, invalidationPaths } from "./invalidation-paths.ts";
import type { PublishPlan } from "./publish-plan.ts";
import { type ObjectTarget, putObjects } from "./put-objects.ts";
import { concurrency, type SiteChanges, siteChanges } from "./site-changes.ts";

/** Where a site is published. */
export interface PublishTarget extends ObjectTarget, DistributedBucket {
  /**
   * URL paths, with wildcards, to invalidate whatever the site has changed.
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
  /** The id of the invalidation, where one was needed. */
  readonly invalidationId: string | undefined;
}

/**
 * Makes the bucket hold the built site and invalidates what has changed: new files group after group, then what is
 * gone, then one invalidation. Hashed assets that the site no longer names stay for
 * tabs that are open. Run again after an interruption, it completes; run again otherwise, it does nothing.
 * Meanwhile the bucket is locked.
 *
 * @throws {EdgeSiteError} `PUBLISHED_BY_OTHERS` when another deploy publishes to the bucket, `SITE_CHANGED`, or
 * {EdgeSiteError} `AWS_FAILED` when AWS refuses a request or cannot be reached.
 */
export async function publishSite(plan: PublishPlan, target: PublishTarget): Promise<Published> {
  const { bucketName, distributionId } = target;
  try {
    const found = await siteChanges(plan, target);
    if (isUnchanged(found, target)) return publishedBy(found, undefined);
    await using lock = await takePublishLock(target);
    // Another deploy may have ended just now.
    const changes = await siteChanges(plan, target);
    const paths = await changedPaths(plan, changes, target);
    if (paths.length > 0) await notePendingInvalidation(target, paths);
    await applyChanges(changes, target, lock);
    return publishedBy(
      changes,
      paths.length > 0 ? await invalidateNoted(paths, target) : undefined,
    );
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
  await pMap(changes.dropped, (key) => deleteObject(target, key), { concurrency });
  // The copy of an asset onto itself begins its life anew.
  await pMap(changes.replaced, ({ key, ...headers }) => copyAsReplaced(target, key, headers), {
    concurrency,
  });
}

/** The URL paths whose content changes under the same name, those of an interrupted run included. */
async function changedPaths(
  { isHashed }: PublishPlan,
  changes: SiteChanges,
  target: PublishTarget,
): Promise<readonly string[]> {
  const { stalePaths = [] } = target;
  const pending = changes.hasPendingInvalidation ? await readPendingInvalidation(target) : [];
  const changed = changes.groups
    .flat()
    .filter(({ key, isReused }) => isReused || !isHashed(key))
    .map(({ key }) => key);
  // Of a bucket that holds nothing yet, nothing is cached.
  const own = changes.isFirst ? [] : invalidationPaths([...changed, ...changes.dropped]);
  return fewPaths([...pending, ...stalePaths, ...own]);
}
