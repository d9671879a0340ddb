import { createHash } from "node:crypto";
import { statSync, type BigIntStats } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { LRUCache } from "lru-cache";
import {
  type ContentTypeRules,
  contentTypeOf,
  fileChunks,
  openSiteFolder,
  type SiteFileRules,
} from "cf-site-files";
import type { StreamedBody } from "../http/streamed-body.ts";
import { fileBody, openFlags } from "./file-body.ts";
import { isSettled, revisionOf } from "./file-revision.ts";

/** An object as S3 would hold it. */
export interface StoredObject {
  readonly body: Uint8Array | StreamedBody;
  /** Quoted, as the ETag header carries it. */
  readonly etag: string;
  readonly lastModifiedMs: number;
  /** Metadata that it was stored with, by header name. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** A folder whose files are the objects of a bucket, their paths the keys. */
export interface BucketFolder {
  /** Reads an object; undefined where the bucket has none of this key. */
  readObject(key: string): Promise<StoredObject | undefined>;
  /** Returns why the bucket has no object though the folder has a file of this key; undefined where it has none. */
  whyNotPublished(key: string): string | undefined;
}

/**
 * Bytes above which an object counts as uploaded in parts: it is streamed, and its ETag is no digest
 * of its content. Tools differ; this is the threshold of the SDK's TransferManager.
 *
 * @see https://docs.aws.amazon.com/AWSJavaSDK/latest/javadoc/com/amazonaws/services/s3/transfer/TransferManagerConfiguration.html
 */
const multipartThresholdBytes = 16 * 1024 * 1024;

/** Characters of the paths and revisions whose ETags are kept: ten thousand of them. */
const maxEtagKeyLength = 1024 * 1024;
/** Bytes of the files that are kept in memory, and of the largest one that is. */
const maxRememberedBytes = 16 * 1024 * 1024;
const maxRememberedFileBytes = 1024 * 1024;

/** A file as it was read, for as long as its revision is the same. */
interface RememberedFile {
  readonly revision: string;
  readonly object: StoredObject;
}

/** What is known of files by their resolved paths. */
interface FileMemory {
  readonly etags: LRUCache<string, string>;
  readonly files: LRUCache<string, RememberedFile>;
}

/**
 * Returns the bucket that a folder stands for: its objects are the files that a deploy would publish.
 * Keys are literal: what a file system would resolve (`.`, `..`, empty segments, another case) is not
 * there.
 *
 * @param contentTypes Of a site that is published with Content-Types by these rules.
 */
export function openBucketFolder(
  path: string,
  rules: SiteFileRules,
  contentTypes?: ContentTypeRules,
): BucketFolder {
  const site = openSiteFolder(path, rules);
  const memory: FileMemory = {
    // A cache that is bounded in entries takes the memory for all of them at once.
    etags: new LRUCache({
      maxSize: maxEtagKeyLength,
      sizeCalculation: (_, revision) => revision.length,
    }),
    files: new LRUCache({
      maxSize: maxRememberedBytes,
      sizeCalculation: ({ object }) => Math.max(1, object.body.byteLength),
    }),
  };
  return {
    async readObject(key) {
      return absentAsUndefined(async () => {
        // Each way to Node's threads and back costs ten times as much as these look-ups.
        const found = site.find(key);
        if (found.kind !== "file") return undefined;
        const { file } = found;
        const remembered = memory.files.get(file);
        const object =
          remembered?.revision === revisionOf(statSync(file, { bigint: true }))
            ? remembered.object
            : await readStoredObject(file, memory);
        if (object === undefined || contentTypes === undefined) return object;
        const { body } = object;
        const chunks = body instanceof Uint8Array ? [body] : fileChunks(file);
        return {
          ...object,
          headers: { "Content-Type": contentTypeOf(key, chunks, contentTypes) },
        };
      });
    },
    whyNotPublished(key) {
      const found = site.find(key);
      return found.kind === "not-published" ? found.message : undefined;
    },
  };
}

async function readStoredObject(
  file: string,
  memory: FileMemory,
): Promise<StoredObject | undefined> {
  const handle = await open(file, openFlags);
  try {
    return await readWhileUnchanged(handle, file, memory);
  } finally {
    await handle.close();
  }
}

const maxReads = 3;

/** Reads again where the file was written to meanwhile: an object in S3 is whole, old or new. */
async function readWhileUnchanged(
  handle: FileHandle,
  file: string,
  memory: FileMemory,
): Promise<StoredObject | undefined> {
  for (let reads = 1; ; reads++) {
    const before = await handle.stat({ bigint: true });
    if (!before.isFile()) return undefined;
    if (before.size > multipartThresholdBytes) return multipartObject(file, before);
    const body = await readWhole(handle, Number(before.size));
    const after = await handle.stat({ bigint: true });
    const isUnchanged = revisionOf(before) === revisionOf(after);
    if (isUnchanged || reads === maxReads) {
      const mayBeRemembered = isUnchanged && isSettled(after, Date.now());
      const etag = mayBeRemembered ? rememberedEtag(memory.etags, file, after, body) : etagOf(body);
      const object = { body, etag, lastModifiedMs: Number(after.mtimeMs) };
      if (mayBeRemembered && body.byteLength <= maxRememberedFileBytes) {
        memory.files.set(file, { revision: revisionOf(after), object });
      }
      return object;
    }
  }
}

/** FIDELITY CF-H-12: the ETag has the form of a multipart upload's, made of size and time of change. */
function multipartObject(file: string, stats: BigIntStats): StoredObject {
  const { size, mtimeNs, mtimeMs } = stats;
  const digest = createHash("md5").update(`${size} ${mtimeNs}`).digest("hex");
  const parts = Math.ceil(Number(size) / multipartThresholdBytes);
  return {
    body: fileBody(file, stats),
    etag: `"${digest}-${parts}"`,
    lastModifiedMs: Number(mtimeMs),
  };
}

/** Reads from the beginning, whatever was read before. */
async function readWhole(handle: FileHandle, expectedBytes: number): Promise<Uint8Array> {
  const body = Buffer.allocUnsafe(expectedBytes);
  let bytes = 0;
  while (bytes < expectedBytes) {
    const { bytesRead } = await handle.read(body, bytes, expectedBytes - bytes, bytes);
    if (bytesRead === 0) break;
    bytes += bytesRead;
  }
  return body.subarray(0, bytes);
}

function rememberedEtag(
  etags: LRUCache<string, string>,
  file: string,
  stats: BigIntStats,
  body: Uint8Array,
): string {
  const revision = `${file}\n${revisionOf(stats)}`;
  const remembered = etags.get(revision);
  if (remembered !== undefined) return remembered;
  const etag = etagOf(body);
  etags.set(revision, etag);
  return etag;
}

function etagOf(body: Uint8Array): string {
  return `"${createHash("md5").update(body).digest("hex")}"`;
}

const absenceCodes: ReadonlySet<unknown> = new Set([
  "EACCES",
  "EISDIR",
  "ELOOP",
  "ENAMETOOLONG",
  "ENOENT",
  "ENOTDIR",
  "ENXIO",
  "EPERM",
]);

async function absentAsUndefined<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof Error && "code" in error && absenceCodes.has(error.code)) return undefined;
    throw error;
  }
}
