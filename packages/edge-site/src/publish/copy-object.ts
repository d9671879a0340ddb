import { CopyObjectCommand } from "@aws-sdk/client-s3";
import type { Bucket } from "./bucket.ts";
import { replacedTag } from "./reserved-keys.ts";
import { siteMetadata, type StoredHeaders } from "./stored-objects.ts";

/** A copy, and what it is stored with. */
export interface ObjectCopy {
  /** @default - the bucket itself */
  readonly fromBucket?: string;
  readonly from: string;
  readonly to: string;
  readonly contentType: string | undefined;
  readonly cacheControl: string | undefined;
  readonly metadata: Readonly<Record<string, string>>;
  /** @default - none */
  readonly tagging?: Readonly<Record<string, string>>;
}

// https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html
/** How large an object may be that is copied in one request. */
export const maxCopyBytes: number = 5 * 1024 ** 3;

/** Copies an object into a bucket, with other headers and tags than it has. */
export async function copyObject({ s3, bucketName }: Bucket, copy: ObjectCopy): Promise<void> {
  const { fromBucket = bucketName, from, to, contentType, cacheControl, metadata, tagging } = copy;
  await s3.send(
    new CopyObjectCommand({
      Bucket: bucketName,
      Key: to,
      // S3 decodes it, and takes a plus sign for a space.
      CopySource: `${fromBucket}/${from.split("/").map(encodeURIComponent).join("/")}`,
      ContentType: contentType,
      CacheControl: cacheControl,
      Metadata: metadata,
      MetadataDirective: "REPLACE",
      ...(tagging && {
        Tagging: new URLSearchParams(tagging).toString(),
        TaggingDirective: "REPLACE",
      }),
    }),
  );
}

/**
 * Copies an object under its own key as one that the site has dropped: from then on the bucket counts the days until
 * it deletes the object.
 *
 * @param fromBucket The bucket itself where it is left out.
 */
export function copyAsReplaced(
  bucket: Bucket,
  key: string,
  { contentType, cacheControl }: Pick<StoredHeaders, "contentType" | "cacheControl">,
  fromBucket: string = bucket.bucketName,
): Promise<void> {
  return copyObject(bucket, {
    fromBucket,
    from: key,
    to: key,
    contentType,
    cacheControl,
    metadata: { [siteMetadata.key]: siteMetadata.replaced },
    tagging: { [replacedTag.Key]: replacedTag.Value },
  });
}
