import { createHash } from "node:crypto";
import { type AwsAnswer, errorAnswer, escapeXml, xmlAnswer } from "./aws-answer.ts";
import type { AwsRequest } from "./aws-request.ts";

/** An object as it was stored. */
export interface TestObject {
  readonly body: Uint8Array;
  readonly contentType: string | undefined;
  readonly cacheControl: string | undefined;
  readonly metadata: Readonly<Record<string, string>>;
  /** As the header says it. */
  readonly tagging: string | undefined;
}

/** Buckets by name, objects by key. */
export type TestBuckets = Map<string, Map<string, TestObject>>;

/** Answers as S3 does, with the bucket in the path. */
export function answerS3(request: AwsRequest, buckets: TestBuckets): AwsAnswer | undefined {
  const [, bucketName = "", key = ""] = /^\/([^/]+)\/?(.*)$/s.exec(request.path) ?? [];
  const objects = buckets.get(bucketName);
  if (objects === undefined) {
    return errorAnswer(request, 404, "NoSuchBucket", "The specified bucket does not exist");
  }
  return key === ""
    ? answerBucket(request, bucketName, objects)
    : answerObject(request, key, objects, buckets);
}

function answerBucket(
  { method, query }: AwsRequest,
  bucketName: string,
  objects: ReadonlyMap<string, TestObject>,
): AwsAnswer | undefined {
  if (method !== "GET") return undefined;
  if (query.has("location")) return xmlAnswer("<LocationConstraint/>");
  if (query.has("encryption")) {
    return xmlAnswer(
      "<ServerSideEncryptionConfiguration><Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>AES256</SSEAlgorithm></ApplyServerSideEncryptionByDefault></Rule></ServerSideEncryptionConfiguration>",
    );
  }
  if (query.get("list-type") !== "2") return undefined;
  const prefix = query.get("prefix") ?? "";
  const contents = [...objects]
    .filter(([key]) => key.startsWith(prefix))
    .map(
      ([key, { body }]) =>
        `<Contents><Key>${escapeXml(key)}</Key><ETag>"${etagOf(body)}"</ETag><Size>${body.byteLength}</Size></Contents>`,
    );
  return xmlAnswer(
    `<ListBucketResult><Name>${bucketName}</Name><KeyCount>${contents.length}</KeyCount><IsTruncated>false</IsTruncated>${contents.join("")}</ListBucketResult>`,
  );
}

function answerObject(
  request: AwsRequest,
  key: string,
  objects: Map<string, TestObject>,
  buckets: TestBuckets,
): AwsAnswer | undefined {
  const stored = objects.get(key);
  switch (request.method) {
    case "PUT": {
      const object = newObject(request, buckets);
      objects.set(key, object);
      const etag = `"${etagOf(object.body)}"`;
      return request.headers["x-amz-copy-source"] === undefined
        ? { status: 200, headers: { etag } }
        : xmlAnswer(`<CopyObjectResult><ETag>${etag}</ETag></CopyObjectResult>`);
    }
    case "DELETE":
      objects.delete(key);
      return { status: 204 };
    case "HEAD":
    case "GET":
      return stored === undefined
        ? errorAnswer(request, 404, "NoSuchKey", "The specified key does not exist.")
        : { status: 200, headers: headersOf(stored), body: stored.body };
    default:
      return undefined;
  }
}

function newObject({ headers, body }: AwsRequest, buckets: TestBuckets): TestObject {
  const [, sourceBucket = "", sourceKey = ""] =
    /^\/?([^/]+)\/(.*)$/s.exec(decodeURIComponent(headers["x-amz-copy-source"] ?? "")) ?? [];
  const source = buckets.get(sourceBucket)?.get(sourceKey);
  const metadata = Object.entries(headers)
    .filter(([name]) => name.startsWith("x-amz-meta-"))
    .map(([name, value]) => [name.slice("x-amz-meta-".length), value]);
  return {
    body: source?.body ?? body,
    contentType: headers["content-type"],
    cacheControl: headers["cache-control"],
    metadata: Object.fromEntries(metadata),
    tagging: headers["x-amz-tagging"],
  };
}

function headersOf(object: TestObject): Readonly<Record<string, string>> {
  const metadata = Object.entries(object.metadata).map(([name, value]) => [
    `x-amz-meta-${name}`,
    value,
  ]);
  return {
    etag: `"${etagOf(object.body)}"`,
    "content-length": String(object.body.byteLength),
    ...(object.contentType !== undefined && { "content-type": object.contentType }),
    ...(object.cacheControl !== undefined && { "cache-control": object.cacheControl }),
    ...Object.fromEntries(metadata),
  };
}

function etagOf(body: Uint8Array): string {
  return createHash("md5").update(body).digest("hex");
}
