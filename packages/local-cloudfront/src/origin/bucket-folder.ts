import { createHash } from "node:crypto";
import { constants, type BigIntStats } from "node:fs";
import { type FileHandle, open, readdir, realpath } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { LRUCache } from "lru-cache";

/** An object as S3 would hold it. */
export interface StoredObject {
  readonly body: Uint8Array;
  /** Quoted, as the ETag header carries it. */
  readonly etag: string;
  readonly lastModifiedMs: number;
}

/** A folder whose files are the objects of a bucket, their paths the keys. */
export interface BucketFolder {
  /** Reads an object; undefined where the bucket has none of this key. */
  readObject(key: string): Promise<StoredObject | undefined>;
}

const maxRememberedEtags = 10_000;

/**
 * Returns the bucket that a folder stands for. Keys are literal: what a file system would resolve
 * (`.`, `..`, empty segments, links that lead out of the folder, another case) is not there.
 */
export function openBucketFolder(path: string): BucketFolder {
  const etags = new LRUCache<string, string>({ max: maxRememberedEtags });
  return {
    async readObject(key) {
      if (!isFileKey(key)) return undefined;
      return absentAsUndefined(async () => {
        const root = await realpath(path);
        const file = await realpath(join(root, ...key.split("/")));
        if (!(await isKeyOf(root, file, key))) return undefined;
        return readStoredObject(file, etags);
      });
    },
  };
}

/** Whether a key could be the path of a file: S3 has keys that no folder can hold. */
function isFileKey(key: string): boolean {
  if (key.includes("\0") || key.includes("\\")) return false;
  return key.split("/").every((segment) => segment !== "" && segment !== "." && segment !== "..");
}

/**
 * Whether a resolved file lies in the folder and is spelled like the key. The spelling matters where
 * the file system ignores case; a file reached through a link within the folder has another path.
 */
async function isKeyOf(root: string, file: string, key: string): Promise<boolean> {
  const path = relative(root, file);
  if (path === ".." || path.startsWith(`..${sep}`)) return false;
  return path.split(sep).join("/") === key || (await isSpelledAsOnDisk(root, key));
}

async function isSpelledAsOnDisk(root: string, key: string): Promise<boolean> {
  let folder = root;
  for (const segment of key.split("/")) {
    if (!(await readdir(folder)).includes(segment)) return false;
    folder = join(folder, segment);
  }
  return true;
}

/** Opens without following a last link and without waiting on pipes: the file was resolved before. */
const openFlags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

async function readStoredObject(
  file: string,
  etags: LRUCache<string, string>,
): Promise<StoredObject | undefined> {
  const handle = await open(file, openFlags);
  try {
    return await readWhileUnchanged(handle, file, etags);
  } finally {
    await handle.close();
  }
}

const maxReads = 3;

/** Reads again where the file was written to meanwhile: an object in S3 is whole, old or new. */
async function readWhileUnchanged(
  handle: FileHandle,
  file: string,
  etags: LRUCache<string, string>,
): Promise<StoredObject | undefined> {
  for (let reads = 1; ; reads++) {
    const before = await handle.stat({ bigint: true });
    if (!before.isFile()) return undefined;
    const body = await readWhole(handle, Number(before.size));
    const after = await handle.stat({ bigint: true });
    const isUnchanged = revisionOf(before) === revisionOf(after);
    if (isUnchanged || reads === maxReads) {
      return {
        body,
        etag: isUnchanged ? rememberedEtag(etags, file, before, body) : etagOf(body),
        lastModifiedMs: Number(after.mtimeMs),
      };
    }
  }
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

function revisionOf({ ino, size, mtimeNs, ctimeNs }: BigIntStats): string {
  return `${ino} ${size} ${mtimeNs} ${ctimeNs}`;
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
