import { randomUUID } from "node:crypto";
import { type CloudFrontClient, CreateInvalidationCommand } from "@aws-sdk/client-cloudfront";
import { type Bucket, deleteObject, readJson, writeJson } from "./bucket.ts";
import { fewPaths } from "./invalidation-paths.ts";
import { pendingInvalidationKey } from "./reserved-keys.ts";

/** A bucket, and the distribution in front of it. */
export interface DistributedBucket extends Bucket {
  readonly cloudFront: CloudFrontClient;
  readonly distributionId: string;
}

/** Notes the URL paths that have to be invalidated. */
export async function notePendingInvalidation(
  bucket: Bucket,
  paths: readonly string[],
): Promise<void> {
  await writeJson(bucket, pendingInvalidationKey, paths);
}

/** Returns the URL paths that an earlier run has noted; none where there is no note. */
export async function readPendingInvalidation(bucket: Bucket): Promise<readonly string[]> {
  return (await readJson<readonly string[]>(bucket, pendingInvalidationKey))?.value ?? [];
}

/** Notes more URL paths beside those that an earlier run has noted. */
export async function addPendingInvalidation(
  bucket: Bucket,
  paths: readonly string[],
): Promise<void> {
  const noted = await readPendingInvalidation(bucket);
  await notePendingInvalidation(bucket, fewPaths([...noted, ...paths]));
}

/**
 * Invalidates the URL paths that were noted, and deletes the note.
 *
 * @returns The id of the invalidation.
 */
export async function invalidateNoted(
  paths: readonly string[],
  { cloudFront, distributionId, ...bucket }: DistributedBucket,
): Promise<string> {
  const { Invalidation } = await cloudFront.send(
    new CreateInvalidationCommand({
      DistributionId: distributionId,
      InvalidationBatch: {
        CallerReference: randomUUID(),
        Paths: { Quantity: paths.length, Items: [...paths] },
      },
    }),
  );
  await deleteObject(bucket, pendingInvalidationKey);
  return Invalidation?.Id ?? "";
}
