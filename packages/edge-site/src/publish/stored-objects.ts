import { HeadObjectCommand, paginateListObjectsV2 } from "@aws-sdk/client-s3";
import { awsErrorName } from "../aws/aws-error.ts";
import type { Bucket } from "./bucket.ts";

/** What the bucket holds under a key, as a list of the bucket has it. */
export interface StoredObject {
  /** Without quotes. */
  readonly etag: string;
  readonly bytes: number;
}

/** What an object was stored with. */
export interface StoredHeaders {
  readonly contentType: string | undefined;
  readonly cacheControl: string | undefined;
  /** Whether a deploy has stored it; others' objects are left alone. */
  readonly isOurs: boolean;
  /** Whether the site has dropped it, so that the bucket deletes it one day. */
  readonly isReplaced: boolean;
  /** Whether its name has had another content before, though it looks as if it had a hash. */
  readonly isReused: boolean;
}

/** The metadata of each object that a deploy stores, and its values. */
export const siteMetadata = {
  key: "cf-edge",
  published: "published",
  replaced: "replaced",
  reused: "reused",
} as const;

/** Lists the bucket, or the keys that begin with a prefix. */
export async function storedObjects(
  { s3: client, bucketName }: Bucket,
  prefix?: string,
): Promise<ReadonlyMap<string, StoredObject>> {
  const objects = new Map<string, StoredObject>();
  const listed = { Bucket: bucketName, Prefix: prefix };
  for await (const page of paginateListObjectsV2({ client }, listed)) {
    for (const { Key, ETag = "", Size = 0 } of page.Contents ?? []) {
      if (Key !== undefined) objects.set(Key, { etag: ETag.replaceAll('"', ""), bytes: Size });
    }
  }
  return objects;
}

/** Asks what one object was stored with. */
export async function storedHeaders(
  { s3, bucketName }: Bucket,
  key: string,
): Promise<StoredHeaders> {
  const head = await s3.send(new HeadObjectCommand({ Bucket: bucketName, Key: key }));
  const mark = head.Metadata?.[siteMetadata.key];
  return {
    contentType: head.ContentType,
    cacheControl: head.CacheControl,
    isOurs: mark !== undefined,
    isReplaced: mark === siteMetadata.replaced,
    isReused: mark === siteMetadata.reused,
  };
}

/** The metadata of a copy that has the ETag of what was copied: that of one in parts is another. */
export const sourceEtagMetadata = "cf-edge-etag";

/** Returns the ETag of an object, or of what it is a copy of, without quotes; undefined where there is none of that key. */
export async function storedEtag(
  { s3, bucketName }: Bucket,
  key: string,
): Promise<string | undefined> {
  try {
    const head = await s3.send(new HeadObjectCommand({ Bucket: bucketName, Key: key }));
    return head.Metadata?.[sourceEtagMetadata] ?? head.ETag?.replaceAll('"', "");
  } catch (error) {
    // A response to HEAD has no body that would say more.
    if (["NotFound", "NoSuchKey"].includes(awsErrorName(error))) return undefined;
    throw error;
  }
}
