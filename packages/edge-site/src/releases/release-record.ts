import pMap from "p-map";
import type { MemberDigest } from "../artefact/edge-function-asset.ts";
import { type Bucket, deleteObject, readJson, writeJson } from "../publish/bucket.ts";
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

/** Writes what the bucket says of a release. */
export async function writeRecord(bucket: Bucket, record: ReleaseRecord): Promise<void> {
  await writeJson(bucket, keyOf(record.id), record);
}

/** Returns what the bucket says of a release; undefined where there is none of that id. */
export async function readRecord(bucket: Bucket, id: string): Promise<ReleaseRecord | undefined> {
  return (await readJson<ReleaseRecord>(bucket, keyOf(id)))?.value;
}

/** Returns what the bucket says of all releases, the latest first. */
export async function readRecords(bucket: Bucket): Promise<readonly ReleaseRecord[]> {
  const keys = [...(await storedObjects(bucket, releaseRecordsFolder)).keys()];
  const ids = keys.map((key) => key.slice(releaseRecordsFolder.length).replace(/\.json$/, ""));
  const records = await pMap(ids, (id) => readRecord(bucket, id), { concurrency });
  return records
    .filter((record) => record !== undefined)
    .toSorted((one, other) => (one.publishedAt < other.publishedAt ? 1 : -1));
}

/** Deletes the record of a release whose files are gone. */
export async function deleteRecord(bucket: Bucket, id: string): Promise<void> {
  await deleteObject(bucket, keyOf(id));
}

function keyOf(id: string): string {
  return `${releaseRecordsFolder}${id}.json`;
}
