import {
  DeleteBucketCommand,
  DeleteObjectsCommand,
  ListObjectVersionsCommand,
  type ObjectIdentifier,
  type S3Client,
} from "@aws-sdk/client-s3";
import { awsErrorName } from "../aws/aws-error.ts";

/** CloudFront delivers logs for hours after a distribution is gone, and may do so between two requests. */
const attempts = 3;

/**
 * Deletes a bucket with all versions of its objects; one that there is not is deleted.
 *
 * @returns How many versions, and marks of deleted ones, were in it.
 * @throws What S3 says, as `BucketNotEmpty` where objects keep coming.
 */
export async function deleteBucket(Bucket: string, s3: S3Client): Promise<number> {
  let count = 0;
  for (let attempt = 1; ; attempt += 1) {
    try {
      count += await emptyBucket(Bucket, s3);
      await s3.send(new DeleteBucketCommand({ Bucket }));
      return count;
    } catch (error) {
      if (awsErrorName(error) === "NoSuchBucket") return count;
      if (awsErrorName(error) !== "BucketNotEmpty" || attempt === attempts) throw error;
    }
  }
}

async function emptyBucket(Bucket: string, s3: S3Client): Promise<number> {
  let count = 0;
  for (;;) {
    // Always the first page: those before are gone.
    const page = await s3.send(new ListObjectVersionsCommand({ Bucket }));
    const Objects = [...(page.Versions ?? []), ...(page.DeleteMarkers ?? [])].map(
      ({ Key, VersionId }): ObjectIdentifier => ({ Key, VersionId }),
    );
    if (Objects.length === 0) return count;
    const { Errors = [] } = await s3.send(
      new DeleteObjectsCommand({ Bucket, Delete: { Objects, Quiet: true } }),
    );
    const [refused] = Errors;
    if (refused !== undefined) {
      const error = new Error(`${refused.Key}: ${refused.Message}`);
      error.name = refused.Code ?? "Error";
      throw error;
    }
    count += Objects.length;
  }
}
