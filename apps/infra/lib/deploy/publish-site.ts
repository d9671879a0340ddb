import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { type CloudFrontClient, CreateInvalidationCommand } from "@aws-sdk/client-cloudfront";
import { PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { InfraError } from "../infra-error.ts";
import type { PublishPlan, SiteObject } from "./publish-plan.ts";

/** Where a site is published. */
export interface PublishTarget {
  readonly s3: S3Client;
  readonly cloudFront: CloudFrontClient;
  readonly bucketName: string;
  readonly distributionId: string;
}

/**
 * Stores the site's files in the bucket, group after group, then invalidates what may have changed.
 * Nothing is deleted: tabs that are open still find the hashed assets of their document. Run again
 * after an interruption, it completes.
 *
 * @throws {InfraError} `NOT_PUBLISHED` when AWS refuses a request or cannot be reached.
 */
export async function publishSite(plan: PublishPlan, target: PublishTarget): Promise<void> {
  const { bucketName, distributionId } = target;
  try {
    for (const group of plan.groups) {
      await Promise.all(group.map((object) => putObject(object, target)));
    }
    await invalidate(plan.invalidationPaths, target);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new InfraError(
      "NOT_PUBLISHED",
      `The stack is deployed, but its site is not published to bucket ${JSON.stringify(bucketName)} and distribution ${JSON.stringify(distributionId)}: ${reason} Run the command again to complete it.`,
      { cause },
    );
  }
}

async function putObject(object: SiteObject, { s3, bucketName }: PublishTarget): Promise<void> {
  await s3.send(
    new PutObjectCommand({
      Bucket: bucketName,
      Key: object.key,
      Body: await readFile(object.file),
      ContentType: object.contentType,
      CacheControl: object.cacheControl,
    }),
  );
}

async function invalidate(
  paths: readonly string[],
  { cloudFront, distributionId }: PublishTarget,
): Promise<void> {
  if (paths.length === 0) return;
  await cloudFront.send(
    new CreateInvalidationCommand({
      DistributionId: distributionId,
      InvalidationBatch: {
        CallerReference: randomUUID(),
        Paths: { Quantity: paths.length, Items: [...paths] },
      },
    }),
  );
}
