import {
  DeleteObjectCommand,
  GetObjectCommand,
  PutObjectCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import pMap from "p-map";
import type { MemberDigest } from "../artefact/edge-function-asset.ts";
import { awsErrorName } from "../aws/aws-error.ts";
import type { Publisher } from "../publish/publisher.ts";
import { concurrency } from "../publish/site-changes.ts";
import { storedObjects } from "../publish/stored-objects.ts";
import { releaseRecordsFolder } from "./release-layout.ts";
import type { ReleaseScript } from "./release-scripts.ts";

/** A file of a release. */
export interface ReleaseFile {
  readonly key: string;
  /** As S3 has it, without quotes. */
  readonly etag: string;
  readonly bytes: number;
  readonly contentType: string;
  readonly cacheControl: string | undefined;
  /** `shared`: by all releases, at its key. `release`: in the release's folder. `root`: there, and at its key while the release is live. */
  readonly place: "shared" | "release" | "root";
  /**
   * Whether its name has had another content before, though it looks as if it had a hash.
   * @default false
   */
  readonly isReused?: boolean;
}

/** What the bucket says of a release. It is whole once this is there. */
export interface ReleaseRecord extends Publisher {
  readonly id: string;
  /** ISO 8601. */
  readonly publishedAt: string;
  readonly files: readonly ReleaseFile[];
  /** The functions that the site was deployed with. */
  readonly functions: readonly MemberDigest[];
  /** Those of them that a rollback publishes again: CloudFront Functions that keep no options in a key value store. */
  readonly scripts: readonly ReleaseScript[];
  /** The one that was live when this one was deployed. */
  readonly previous?: string | undefined;
}

/** Where releases are. */
export interface ReleaseBucket {
  readonly s3: S3Client;
  readonly bucketName: string;
}

/** Writes what the bucket says of a release. */
export async function writeRecord(
  { s3, bucketName }: ReleaseBucket,
  record: ReleaseRecord,
): Promise<void> {
  await s3.send(
    new PutObjectCommand({
      Bucket: bucketName,
      Key: keyOf(record.id),
      Body: JSON.stringify(record),
      ContentType: "application/json",
      CacheControl: "no-store",
    }),
  );
}

/** Returns what the bucket says of a release; undefined where there is none of that id. */
export async function readRecord(
  { s3, bucketName }: ReleaseBucket,
  id: string,
): Promise<ReleaseRecord | undefined> {
  try {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucketName, Key: keyOf(id) }));
    return JSON.parse((await Body?.transformToString()) ?? "");
  } catch (error) {
    if (awsErrorName(error) === "NoSuchKey") return undefined;
    throw error;
  }
}

/** Returns what the bucket says of all releases, the latest first. */
export async function readRecords(bucket: ReleaseBucket): Promise<readonly ReleaseRecord[]> {
  const keys = [
    ...(await storedObjects(bucket.s3, bucket.bucketName, releaseRecordsFolder)).keys(),
  ];
  const ids = keys.map((key) => key.slice(releaseRecordsFolder.length).replace(/\.json$/, ""));
  const records = await pMap(ids, (id) => readRecord(bucket, id), { concurrency });
  return records
    .filter((record) => record !== undefined)
    .toSorted((one, other) => (one.publishedAt < other.publishedAt ? 1 : -1));
}

/** Forgets a release whose files are gone. */
export async function deleteRecord({ s3, bucketName }: ReleaseBucket, id: string): Promise<void> {
  await s3.send(new DeleteObjectCommand({ Bucket: bucketName, Key: keyOf(id) }));
}

function keyOf(id: string): string {
  return `${releaseRecordsFolder}${id}.json`;
}
