import type { S3Client } from "@aws-sdk/client-s3";
import pMap from "p-map";
import { awsFailure } from "../aws/aws-error.ts";
import { copyAsReplaced } from "../publish/copy-object.ts";
import type { PublishPlan } from "../publish/publish-plan.ts";
import { concurrency } from "../publish/site-changes.ts";
import { storedHeaders, storedObjects } from "../publish/stored-objects.ts";

/**
 * Copies the hashed assets that one of two buckets lacks into it: CloudFront sends the first request of each tab that
 * is open to either distribution, and both have to have the chunks of both builds.
 *
 * @returns How many were copied.
 * @throws {EdgeSiteError} as `awsFailure`
 */
export async function shareAssets(
  { isHashed }: PublishPlan,
  buckets: readonly [one: string, other: string],
  s3: S3Client,
): Promise<number> {
  try {
    const [one, other] = buckets;
    const [ofOne, ofOther] = await Promise.all(
      buckets.map(async (bucketName) =>
        [...(await storedObjects({ s3, bucketName })).keys()].filter(isHashed),
      ),
    );
    const copies = [
      ...missing(ofOne, ofOther).map((key) => ({ from: one, to: other, key })),
      ...missing(ofOther, ofOne).map((key) => ({ from: other, to: one, key })),
    ];
    await pMap(copies, (copy) => copyAsset(copy, s3), { concurrency });
    return copies.length;
  } catch (cause) {
    throw awsFailure("The canary and the site do not have each other's assets", cause);
  }
}

function missing(keys: readonly string[] = [], others: readonly string[] = []): readonly string[] {
  const known = new Set(others);
  return keys.filter((key) => !known.has(key));
}

interface AssetCopy {
  readonly from: string;
  readonly to: string;
  readonly key: string;
}

/** As what the site has dropped: a prune leaves it, and the bucket deletes it one day. */
async function copyAsset({ from, to, key }: AssetCopy, s3: S3Client): Promise<void> {
  const headers = await storedHeaders({ s3, bucketName: from }, key);
  await copyAsReplaced({ s3, bucketName: to }, key, headers, from);
}
