import {
  DeleteObjectCommand,
  GetObjectCommand,
  PutObjectCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import { awsErrorName } from "../aws/aws-error.ts";

/** A bucket, and the client that asks for it. */
export interface Bucket {
  readonly s3: S3Client;
  readonly bucketName: string;
}

/** JSON that a deploy keeps in a bucket for itself. */
export interface StoredJson<Value> {
  readonly value: Value;
  /** With quotes, as S3 takes it in a condition. */
  readonly etag: string;
  readonly lastModified: Date | undefined;
}

/** When S3 stores an object: where there is none under its key (`*`), or where there is one with that ETag. */
export interface WriteCondition {
  readonly IfNoneMatch?: "*";
  readonly IfMatch?: string;
}

/** Returns the JSON under a key; undefined where there is none. */
export async function readJson<Value>(
  { s3, bucketName }: Bucket,
  key: string,
): Promise<StoredJson<Value> | undefined> {
  try {
    const stored = await s3.send(new GetObjectCommand({ Bucket: bucketName, Key: key }));
    const text = (await stored.Body?.transformToString()) ?? "";
    return {
      value: JSON.parse(text),
      etag: stored.ETag ?? "",
      lastModified: stored.LastModified,
    };
  } catch (error) {
    if (awsErrorName(error) === "NoSuchKey") return undefined;
    throw error;
  }
}

/**
 * Stores JSON, which no cache keeps.
 *
 * @returns Its ETag, with quotes.
 */
export async function writeJson(
  { s3, bucketName }: Bucket,
  key: string,
  value: unknown,
  condition: WriteCondition = {},
): Promise<string> {
  const { ETag = "" } = await s3.send(
    new PutObjectCommand({
      Bucket: bucketName,
      Key: key,
      Body: JSON.stringify(value),
      ContentType: "application/json",
      CacheControl: "no-store",
      ...condition,
    }),
  );
  return ETag;
}

/** Deletes an object; where there is none, nothing happens. */
export async function deleteObject(
  { s3, bucketName }: Bucket,
  key: string,
  condition: Pick<WriteCondition, "IfMatch"> = {},
): Promise<void> {
  await s3.send(new DeleteObjectCommand({ Bucket: bucketName, Key: key, ...condition }));
}
