/**
 * The object that lies in the bucket from the first change of a file that keeps its name until the
 * distribution has invalidated it: so a run that comes after an interruption knows what to invalidate.
 */
export const pendingInvalidationKey = "cf-edge-pending-invalidation.json";

/** The object that lies in the bucket while a deploy publishes. */
export const publishLockKey = "cf-edge-publish-lock.json";

/** Keys of a deploy's own objects: no file of a site may have them, and CloudFront may not read them. */
export const reservedKeys: readonly string[] = [pendingInvalidationKey, publishLockKey];

/** The tag of an object that the site has dropped: the bucket deletes it some days after it was set. */
export const replacedTag = { Key: "cf-edge:replaced", Value: "true" };
