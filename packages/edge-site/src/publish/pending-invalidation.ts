import {
  DeleteObjectCommand,
  GetObjectCommand,
  NoSuchKey,
  PutObjectCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import { fewPaths } from "./invalidation-paths.ts";
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

/** Returns the URL paths that an earlier run has noted; none where there is no note. */
export async function readPendingInvalidation(
  s3: S3Client,
  bucketName: string,
): Promise<readonly string[]> {
  try {
    const { Body } = await s3.send(
      new GetObjectCommand({ Bucket: bucketName, Key: pendingInvalidationKey }),
    );
    return JSON.parse((await Body?.transformToString()) ?? "[]");
  } catch (error) {
    if (error instanceof NoSuchKey) return [];
    throw error;
  }
}

/** Notes more URL paths beside those that an earlier run has noted. */
export async function addPendingInvalidation(
  s3: S3Client,
  bucketName: string,
  paths: readonly string[],
): Promise<void> {
  const noted = await readPendingInvalidation(s3, bucketName);
  await notePendingInvalidation(s3, bucketName, fewPaths([...noted, ...paths]));
}

/** Forgets the note. */
export async function clearPendingInvalidation(s3: S3Client, bucketName: string): Promise<void> {
  await s3.send(new DeleteObjectCommand({ Bucket: bucketName, Key: pendingInvalidationKey }));
}
