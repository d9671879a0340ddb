import pMap from "p-map";
import { shortCacheControl } from "../site/object-headers.ts";
import { isOfReleases } from "../releases/release-layout.ts";
import type { Bucket } from "./bucket.ts";
import { maxCopyBytes } from "./copy-object.ts";
import { pendingInvalidationKey, reservedKeys } from "./reserved-keys.ts";
import type { PublishPlan, SiteObject } from "./publish-plan.ts";
import {
  type StoredHeaders,
  type StoredObject,
  storedHeaders,
  storedObjects,
} from "./stored-objects.ts";

/** What differs between the built site and its bucket. */
export interface SiteChanges {
  /** What has to be stored: each group before the next one is begun. */
  readonly groups: readonly (readonly SiteObject[])[];
  /** Keys that are no longer part of the site and go at once: those that kept their names. */
  readonly dropped: readonly string[];
  /** Hashed assets that the site no longer names, with what they were stored with. */
  readonly replaced: readonly (StoredHeaders & { readonly key: string })[];
  /** How many of the site's files the bucket has already. */
  readonly unchangedCount: number;
  /** Whether an earlier run was interrupted before it had invalidated what it had changed. */
  readonly hasPendingInvalidation: boolean;
  /** Whether the bucket holds nothing of a site yet. */
  readonly isFirst: boolean;
}

/** So many requests are under way at a time. */
export const concurrency = 32;

/** Compares the built site with its bucket, by ETag, content type and caching. */
export async function siteChanges(plan: PublishPlan, bucket: Bucket): Promise<SiteChanges> {
  const stored = await storedObjects(bucket);
  const objects = plan.groups.flat();
  const { now, same } = await comparedObjects(objects, stored, plan.isHashed, bucket);
  const known = new Set([...objects.map(({ key }) => key), ...reservedKeys]);
  const others = await pMap(
    [...stored.keys()].filter((key) => !known.has(key) && !isOfReleases(key)),
    async (key) => ({ key, ...(await storedHeaders(bucket, key)) }),
    { concurrency },
  );
  const ours = others.filter(({ isOurs }) => isOurs);
  // By the copy onto itself an asset's days are counted: a larger one goes at once.
  const isKept = ({ key }: { readonly key: string }) =>
    plan.isHashed(key) && (stored.get(key)?.bytes ?? 0) <= maxCopyBytes;
  return {
    groups: plan.groups.map((group) => group.filter(({ key }) => !same.has(key)).map(now)),
    dropped: ours.filter((object) => !isKept(object)).map(({ key }) => key),
    replaced: ours.filter((object) => isKept(object) && !object.isReplaced),
    unchangedCount: same.size,
    hasPendingInvalidation: stored.has(pendingInvalidationKey),
    isFirst: [...stored.keys()].every((key) => reservedKeys.includes(key)),
  };
}

/** Objects beside those that the bucket has under their keys. */
export interface ComparedObjects {
  /** Returns an object as it is stored now. */
  now(object: SiteObject): SiteObject;
  /** The keys of those that are stored like this already. */
  readonly same: ReadonlySet<string>;
}

/** Compares objects with those that the bucket has under their keys. */
export async function comparedObjects(
  objects: readonly SiteObject[],
  stored: ReadonlyMap<string, StoredObject>,
  isHashed: PublishPlan["isHashed"],
  bucket: Bucket,
): Promise<ComparedObjects> {
  const earlier = await earlierObjects(objects, stored, isHashed, bucket);
  const now = (object: SiteObject) => asStoredNow(object, isHashed, earlier.get(object.key));
  const same = objects.filter((object) => isSame(now(object), earlier.get(object.key)));
  return { now, same: new Set(same.map(({ key }) => key)) };
}

/** What the bucket holds under the name of an object that may be the same, or another of that name. */
type EarlierObject = StoredObject & StoredHeaders;

async function earlierObjects(
  objects: readonly SiteObject[],
  stored: ReadonlyMap<string, StoredObject>,
  isHashed: PublishPlan["isHashed"],
  bucket: Bucket,
): Promise<ReadonlyMap<string, EarlierObject>> {
  const found = objects.flatMap(({ key, etag }) => {
    const object = stored.get(key);
    if (object === undefined) return [];
    return object.etag === etag || isHashed(key) ? [{ key, object }] : [];
  });
  return new Map(
    await pMap(
      found,
      async ({ key, object }) =>
        [key, { ...object, ...(await storedHeaders(bucket, key)) }] as const,
      { concurrency },
    ),
  );
}

/** A name that has met another content is no hashed one from then on, whatever it looks like. */
function asStoredNow(
  object: SiteObject,
  isHashed: PublishPlan["isHashed"],
  earlier: EarlierObject | undefined,
): SiteObject {
  const isReused =
    isHashed(object.key) &&
    earlier?.isOurs === true &&
    (earlier.isReused || earlier.etag !== object.etag);
  return isReused ? { ...object, isReused, cacheControl: shortCacheControl } : object;
}

function isSame(object: SiteObject, earlier: EarlierObject | undefined): boolean {
  return (
    earlier?.etag === object.etag &&
    earlier.contentType === object.contentType &&
    earlier.cacheControl === object.cacheControl &&
    earlier.isOurs &&
    !earlier.isReplaced
  );
}
