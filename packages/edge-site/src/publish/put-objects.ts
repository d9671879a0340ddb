import { createReadStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import { Upload } from "@aws-sdk/lib-storage";
import pMap from "p-map";
import type { Bucket } from "./bucket.ts";
import { multipartThresholdBytes, partBytesOf } from "./object-etag.ts";
import type { SiteObject } from "./publish-plan.ts";
import { siteChanged, vanishedOr } from "./site-changed.ts";
import { concurrency } from "./site-changes.ts";
import { siteMetadata } from "./stored-objects.ts";

/** Where objects are stored, and where the progress of large ones is reported. */
export interface ObjectTarget extends Bucket {
  /**
   * Takes a line each time that another tenth of a file in parts is stored.
   * @default - nothing is reported
   */
  readonly say?: (line: string) => void;
}

/** So many bytes of files are in memory at a time, whatever their sizes. */
const memoryBytes = 64 * 1024 * 1024;
const smallBytes = memoryBytes / concurrency;

/** Stores files, small ones many at a time and those in parts one after another. */
export async function putObjects(
  objects: readonly SiteObject[],
  target: ObjectTarget,
): Promise<void> {
  const isSmall = ({ bytes }: SiteObject) => bytes <= smallBytes;
  const isInParts = ({ bytes }: SiteObject) => bytes > multipartThresholdBytes;
  const put = (object: SiteObject) => unlessVanished(object, putObject(object, target));
  await pMap(objects.filter(isSmall), put, { concurrency });
  await pMap(
    objects.filter((object) => !isSmall(object) && !isInParts(object)),
    put,
    { concurrency: memoryBytes / multipartThresholdBytes },
  );
  for (const object of objects.filter(isInParts)) {
    await unlessVanished(object, putParts(object, target));
  }
}

async function unlessVanished(object: SiteObject, storing: Promise<void>): Promise<void> {
  try {
    await storing;
  } catch (error) {
    throw vanishedOr(object, error);
  }
}

async function putObject(object: SiteObject, { s3, bucketName }: ObjectTarget): Promise<void> {
  const body = await readFile(object.file);
  const { ETag } = await s3.send(
    new PutObjectCommand({ ...storedAs(object, bucketName), Body: body }),
  );
  refuseOtherContent(object, ETag);
}

async function putParts(object: SiteObject, target: ObjectTarget): Promise<void> {
  const { key, file, bytes } = object;
  const partSize = partBytesOf(bytes);
  const upload = new Upload({
    client: target.s3,
    partSize,
    queueSize: Math.max(1, Math.floor(memoryBytes / partSize)),
    params: { ...storedAs(object, target.bucketName), Body: createReadStream(file) },
  });
  let tenths = 0;
  upload.on("httpUploadProgress", ({ loaded = 0 }) => {
    const now = Math.floor((loaded / bytes) * 10);
    if (now > tenths)
      target.say?.(`${key}: ${now * 10} % of ${Math.ceil(bytes / 1024 / 1024)} MiB`);
    tenths = Math.max(tenths, now);
  });
  const { ETag } = await upload.done();
  refuseOtherContent(object, ETag);
}

function storedAs({ key, contentType, cacheControl, isReused }: SiteObject, bucketName: string) {
  return {
    Bucket: bucketName,
    Key: key,
    ContentType: contentType,
    CacheControl: cacheControl,
    Metadata: { [siteMetadata.key]: siteMetadata[isReused ? "reused" : "published"] },
  };
}

/** A build that runs at the same time would leave a mixture of two in the bucket. */
function refuseOtherContent(object: SiteObject, stored: string | undefined): void {
  if (stored === undefined || stored === `"${object.etag}"`) return;
  throw siteChanged(object, "has changed");
}
