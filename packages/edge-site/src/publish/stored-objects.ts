import { HeadObjectCommand, type S3Client, paginateListObjectsV2 } from "@aws-sdk/client-s3";

/** What the bucket holds under a key, as a list tells it. */
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

/** Lists the bucket. */
export async function storedObjects(
  client: S3Client,
  bucketName: string,
): Promise<ReadonlyMap<string, StoredObject>> {
  const objects = new Map<string, StoredObject>();
  for await (const page of paginateListObjectsV2({ client }, { Bucket: bucketName })) {
    for (const { Key, ETag = "", Size = 0 } of page.Contents ?? []) {
      if (Key !== undefined) objects.set(Key, { etag: ETag.replaceAll('"', ""), bytes: Size });
    }
  }
  return objects;
}

/** Asks what one object was stored with. */
export async function storedHeaders(
  client: S3Client,
  bucketName: string,
  key: string,
): Promise<StoredHeaders> {
  const head = await client.send(new HeadObjectCommand({ Bucket: bucketName, Key: key }));
  const mark = head.Metadata?.[siteMetadata.key];
  return {
    contentType: head.ContentType,
    cacheControl: head.CacheControl,
    isOurs: mark !== undefined,
    isReplaced: mark === siteMetadata.replaced,
    isReused: mark === siteMetadata.reused,
  };
}
