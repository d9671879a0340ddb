import {
  DeleteObjectCommand,
  GetObjectCommand,
  PutObjectCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import { pendingInvalidationKey } from "./reserved-keys.ts";

/** Notes the URL paths that have to be invalidated. */
export async function notePendingInvalidation(
  s3: S3Client,
  bucketName: string,
  paths: readonly string[],
): Promise<void> {
  await s3.send(
    new PutObjectCommand({
      Bucket: bucketName,
      Key: pendingInvalidationKey,
      Body: JSON.stringify(paths),
      ContentType: "application/json",
      CacheControl: "no-store",
    }),
  );
}

/** Returns the URL paths that an earlier run has noted. */
export async function readPendingInvalidation(
  s3: S3Client,
  bucketName: string,
): Promise<readonly string[]> {
  const { Body } = await s3.send(
    new GetObjectCommand({ Bucket: bucketName, Key: pendingInvalidationKey }),
  );
  return JSON.parse((await Body?.transformToString()) ?? "[]");
}

/** Forgets the note. */
export async function clearPendingInvalidation(s3: S3Client, bucketName: string): Promise<void> {
  await s3.send(new DeleteObjectCommand({ Bucket: bucketName, Key: pendingInvalidationKey }));
}
