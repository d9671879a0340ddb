import { CopyObjectCommand, type S3Client } from "@aws-sdk/client-s3";

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
export async function copyObject(
  s3: S3Client,
  bucketName: string,
  copy: ObjectCopy,
): Promise<void> {
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
