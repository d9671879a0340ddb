import { type AwsResponse, errorResponse, escapeXml, xmlResponse } from "./aws-response.ts";
import type { AwsRequest } from "./aws-request.ts";
import { respondAsMultipart } from "./s3-multipart.ts";
import { respondAsVersions, type TestVersions } from "./s3-versions.ts";
import { bytesOf, etagOf, maxPutBytes, storedAs, type TestObject } from "./test-object.ts";

/** Buckets by name, objects by key. */
export type TestBuckets = Map<string, Map<string, TestObject>>;

/** S3's own are a thousand; fewer make a site of some hundred files have pages. */
const maxListedKeys = 100;
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html
const maxKeyBytes = 1024;

/** Responds as S3 does, with the bucket in the path. */
export function respondAsS3(
  request: AwsRequest,
  buckets: TestBuckets,
  versions: TestVersions,
): AwsResponse | undefined {
  const [, bucketName = "", key = ""] = /^\/([^/]+)\/?(.*)$/s.exec(request.path) ?? [];
  const objects = buckets.get(bucketName);
  if (objects === undefined) {
    return errorResponse(request, 404, "NoSuchBucket", "The specified bucket does not exist");
  }
  return key === ""
    ? (respondAsVersions(request, bucketName, buckets, versions) ??
        respondAsBucket(request, bucketName, objects))
    : respondAsObject(request, key, objects, buckets);
}

function respondAsBucket(
  { method, query }: AwsRequest,
  bucketName: string,
  objects: ReadonlyMap<string, TestObject>,
): AwsResponse | undefined {
  if (method !== "GET") return undefined;
  if (query.has("location")) return xmlResponse("<LocationConstraint/>");
  if (query.has("encryption")) {
    return xmlResponse(
      "<ServerSideEncryptionConfiguration><Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>AES256</SSEAlgorithm></ApplyServerSideEncryptionByDefault></Rule></ServerSideEncryptionConfiguration>",
    );
  }
  if (query.get("list-type") !== "2") return undefined;
  return xmlResponse(listing(bucketName, query, objects));
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html: by UTF-8 bytes, in pages. */
function listing(
  bucketName: string,
  query: URLSearchParams,
  objects: ReadonlyMap<string, TestObject>,
): string {
  const prefix = query.get("prefix") ?? "";
  const start = Number(query.get("continuation-token") ?? 0);
  const found = [...objects]
    .filter(([key]) => key.startsWith(prefix))
    .toSorted(([one], [other]) => Buffer.compare(Buffer.from(one), Buffer.from(other)));
  const contents = found
    .slice(start, start + maxListedKeys)
    .map(
      ([key, object]) =>
        `<Contents><Key>${escapeXml(key)}</Key><ETag>"${etagOf(object)}"</ETag><Size>${bytesOf(object)}</Size><LastModified>${(object.lastModified ?? new Date()).toISOString()}</LastModified></Contents>`,
    );
  const end = start + contents.length;
  const isTruncated = end < found.length;
  const next = isTruncated ? `<NextContinuationToken>${end}</NextContinuationToken>` : "";
  return `<ListBucketResult><Name>${bucketName}</Name><KeyCount>${contents.length}</KeyCount><IsTruncated>${isTruncated}</IsTruncated>${next}${contents.join("")}</ListBucketResult>`;
}

function respondAsObject(
  request: AwsRequest,
  key: string,
  objects: Map<string, TestObject>,
  buckets: TestBuckets,
): AwsResponse | undefined {
  if (Buffer.byteLength(key) > maxKeyBytes) {
    return errorResponse(request, 400, "KeyTooLongError", "Your key is too long");
  }
  const stored = objects.get(key);
  const parts = respondAsMultipart(request, key, objects);
  if (parts !== undefined) return parts;
  const failed = failedCondition(request, stored);
  if (failed !== undefined) return failed;
  switch (request.method) {
    case "PUT": {
      const refusal = refusePut(request, buckets);
      if (refusal !== undefined) return refusal;
      const object = newObject(request, buckets);
      objects.set(key, object);
      const etag = `"${etagOf(object)}"`;
      return request.headers["x-amz-copy-source"] === undefined
        ? { status: 200, headers: { etag } }
        : xmlResponse(`<CopyObjectResult><ETag>${etag}</ETag></CopyObjectResult>`);
    }
    case "DELETE":
      objects.delete(key);
      return { status: 204 };
    case "HEAD":
    case "GET":
      return stored === undefined
        ? errorResponse(request, 404, "NoSuchKey", "The specified key does not exist.")
        : { status: 200, headers: headersOf(stored), body: stored.body };
    default:
      return undefined;
  }
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-requests.html */
function failedCondition(
  request: AwsRequest,
  stored: TestObject | undefined,
): AwsResponse | undefined {
  const { "if-match": ifMatch, "if-none-match": ifNoneMatch } = request.headers;
  if (ifMatch !== undefined && stored === undefined) {
    return errorResponse(request, 404, "NoSuchKey", "The specified key does not exist.");
  }
  const isAnother =
    ifMatch !== undefined && stored !== undefined && ifMatch !== `"${etagOf(stored)}"`;
  if (!isAnother && (ifNoneMatch === undefined || stored === undefined)) return undefined;
  const message = "At least one of the pre-conditions you specified did not hold";
  return errorResponse(request, 412, "PreconditionFailed", message);
}

function refusePut(request: AwsRequest, buckets: TestBuckets): AwsResponse | undefined {
  const source = sourceOf(request, buckets);
  if (source === undefined && request.headers["x-amz-copy-source"] !== undefined) {
    return errorResponse(request, 404, "NoSuchKey", "The specified key does not exist.");
  }
  if (source !== undefined && bytesOf(source) > maxPutBytes) {
    const message = "The specified copy source is larger than the maximum allowable size";
    return errorResponse(request, 400, "InvalidRequest", message);
  }
  if (request.body.byteLength <= maxPutBytes) return undefined;
  const message = "Your proposed upload exceeds the maximum allowed size";
  return errorResponse(request, 400, "EntityTooLarge", message);
}

function sourceOf({ headers }: AwsRequest, buckets: TestBuckets): TestObject | undefined {
  const [, bucket = "", key = ""] =
    /^\/?([^/]+)\/(.*)$/s.exec(
      decodeURIComponent((headers["x-amz-copy-source"] ?? "").replaceAll("+", " ")),
    ) ?? [];
  return buckets.get(bucket)?.get(key);
}

function newObject(request: AwsRequest, buckets: TestBuckets): TestObject {
  const source = sourceOf(request, buckets);
  const bytes = source?.bytes;
  const body = source?.body ?? request.body;
  return { body, ...(bytes !== undefined && { bytes }), ...storedAs(request) };
}

function headersOf(object: TestObject): Readonly<Record<string, string>> {
  const metadata = Object.entries(object.metadata).map(([name, value]) => [
    `x-amz-meta-${name}`,
    value,
  ]);
  return {
    etag: `"${etagOf(object)}"`,
    "content-length": String(bytesOf(object)),
    "last-modified": (object.lastModified ?? new Date()).toUTCString(),
    ...(object.contentType !== undefined && { "content-type": object.contentType }),
    ...(object.cacheControl !== undefined && { "cache-control": object.cacheControl }),
    ...Object.fromEntries(metadata),
  };
}
