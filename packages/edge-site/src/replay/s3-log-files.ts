import { GetObjectCommand, paginateListObjectsV2, type S3Client } from "@aws-sdk/client-s3";
import { LocalCloudFrontError, type LogFile } from "local-cloudfront/command-line";
import { awsFailure } from "../aws/aws-error.ts";

interface LogObject {
  readonly bucket: string;
  readonly key: string;
  readonly bytes: number;
}

/**
 * Returns the objects under a URL as files of access logs, by their keys, which CloudFront ends with the date and the
 * hour.
 *
 * @param url As in `s3://bucket/prefix`.
 * @param sinceMs Leaves out what was written before, in milliseconds since the Unix epoch.
 * @throws {LocalCloudFrontError} when there are none, or S3 does not list them
 */
export async function s3LogFiles(
  s3: S3Client,
  url: string,
  sinceMs: number,
): Promise<readonly LogFile[]> {
  const [, bucket = "", prefix = ""] = /^s3:\/\/([a-z\d][a-z\d.-]+)(?:\/(.*))?$/s.exec(url) ?? [];
  if (bucket === "")
    throw unreadable(url, "Write a bucket and a prefix, as in s3://bucket/prefix.");
  const objects: LogObject[] = [];
  try {
    const pages = paginateListObjectsV2({ client: s3 }, { Bucket: bucket, Prefix: prefix });
    for await (const { Contents = [] } of pages) {
      for (const { Key: key = "", Size: bytes = 0, LastModified: written } of Contents) {
        if (bytes > 0 && (written?.getTime() ?? 0) >= sinceMs) objects.push({ bucket, key, bytes });
      }
    }
  } catch (cause) {
    throw failure(url, cause);
  }
  if (objects.length === 0) {
    const since = sinceMs > 0 ? ` since ${new Date(sinceMs).toISOString()}` : "";
    throw unreadable(url, `Nothing is under it${since}: CloudFront writes logs within a day.`);
  }
  return readAhead(s3, objects);
}

/** Each object takes its time to come, whatever its size. */
const objectsAhead = 8;

/** A log file of CloudFront has some megabytes: whole ones are kept until they are read. */
function readAhead(s3: S3Client, objects: readonly LogObject[]): readonly LogFile[] {
  const loading = new Map<number, Promise<Buffer>>();
  const load = (index: number): Promise<Buffer> => {
    const object = objects[index];
    const loaded = loading.get(index) ?? (object && loadObject(s3, object));
    if (loaded === undefined) return Promise.resolve(Buffer.alloc(0));
    // Whoever reads it gets the error.
    loaded.catch(() => undefined);
    loading.set(index, loaded);
    return loaded;
  };
  return objects.map(({ bucket, key, bytes }, index) => ({
    path: `s3://${bucket}/${key}`,
    bytes,
    async *read() {
      for (let ahead = 1; ahead <= objectsAhead; ahead += 1) void load(index + ahead);
      yield await load(index);
      loading.delete(index);
    },
  }));
}

async function loadObject(s3: S3Client, { bucket, key }: LogObject): Promise<Buffer> {
  try {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    return Buffer.from((await Body?.transformToByteArray()) ?? []);
  } catch (cause) {
    throw failure(`s3://${bucket}/${key}`, cause);
  }
}

function failure(url: string, cause: unknown): LocalCloudFrontError {
  const { message } = awsFailure(`Access log ${url} cannot be read`, cause);
  return new LocalCloudFrontError(message, { cause });
}

function unreadable(url: string, remedy: string): LocalCloudFrontError {
  return new LocalCloudFrontError(
    `Access log cannot be read: got ${JSON.stringify(url)}. ${remedy}`,
  );
}
