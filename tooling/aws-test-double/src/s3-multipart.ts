import { createHash, randomUUID } from "node:crypto";
import { type AwsResponse, errorResponse, escapeXml, xmlResponse } from "./aws-response.ts";
import type { AwsRequest } from "./aws-request.ts";
import { maxPutBytes, storedAs, type TestObject } from "./test-object.ts";

interface Part {
  readonly md5: Buffer;
  readonly bytes: number;
}

interface Upload {
  readonly key: string;
  readonly storedAs: Omit<TestObject, "body">;
  /** By number. What is in them is not kept. */
  readonly parts: Map<number, Part>;
}

/** By the objects of their buckets, then by id. */
const uploadsOfBuckets = new WeakMap<Map<string, TestObject>, Map<string, Upload>>();

/** Returns how many uploads of a bucket are neither completed nor aborted. */
export function openUploads(objects: Map<string, TestObject>): number {
  return uploadsOfBuckets.get(objects)?.size ?? 0;
}

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html
const minPartBytes = 5 * 1024 ** 2;
const maxParts = 10_000;

/** Responds to what belongs to an upload in parts, as strictly as S3 does; undefined for all else. */
export function respondAsMultipart(
  request: AwsRequest,
  key: string,
  objects: Map<string, TestObject>,
): AwsResponse | undefined {
  const { method, query } = request;
  const uploads = uploadsOfBuckets.get(objects) ?? new Map<string, Upload>();
  uploadsOfBuckets.set(objects, uploads);
  if (method === "POST" && query.has("uploads")) {
    const id = randomUUID();
    uploads.set(id, { key, storedAs: storedAs(request), parts: new Map() });
    return xmlResponse(
      `<InitiateMultipartUploadResult><Key>${escapeXml(key)}</Key><UploadId>${id}</UploadId></InitiateMultipartUploadResult>`,
    );
  }
  const id = query.get("uploadId");
  if (id === null) return undefined;
  const upload = uploads.get(id);
  if (upload?.key !== key) {
    return errorResponse(request, 404, "NoSuchUpload", "The specified upload does not exist.");
  }
  if (method === "PUT") return storePart(request, upload);
  if (method === "DELETE") {
    uploads.delete(id);
    return { status: 204 };
  }
  if (method !== "POST") return undefined;
  const completed = complete(request, upload);
  if ("status" in completed) return completed;
  uploads.delete(id);
  objects.set(key, completed);
  return xmlResponse(
    `<CompleteMultipartUploadResult><Key>${escapeXml(key)}</Key><ETag>"${completed.etag}"</ETag></CompleteMultipartUploadResult>`,
  );
}

function storePart(request: AwsRequest, { parts }: Upload): AwsResponse {
  const number = Number(request.query.get("partNumber"));
  if (!(Number.isInteger(number) && number >= 1 && number <= maxParts)) {
    const message = "Part number must be an integer between 1 and 10000, inclusive";
    return errorResponse(request, 400, "InvalidArgument", message);
  }
  const { body } = request;
  if (body.byteLength > maxPutBytes) {
    const message = "Your proposed upload exceeds the maximum allowed size";
    return errorResponse(request, 400, "EntityTooLarge", message);
  }
  const md5 = createHash("md5").update(body).digest();
  parts.set(number, { md5, bytes: body.byteLength });
  return { status: 200, headers: { etag: `"${md5.toString("hex")}"` } };
}

function complete(request: AwsRequest, upload: Upload): AwsResponse | TestObject {
  const text = new TextDecoder().decode(request.body);
  const named = [...text.matchAll(/<Part>(.*?)<\/Part>/gs)].map(([, part = ""]) => ({
    number: Number(/<PartNumber>(\d+)</.exec(part)?.[1]),
    etag: /<ETag>(?:"|&quot;)?([0-9a-f]+)/.exec(part)?.[1],
  }));
  const refuse = (code: string, message: string) => errorResponse(request, 400, code, message);
  if (named.length === 0) return refuse("MalformedXML", "You must specify at least one part");
  if (named.some(({ number }, index) => number <= (named[index - 1]?.number ?? 0))) {
    return refuse("InvalidPartOrder", "The list of parts was not in ascending order.");
  }
  const parts = named.map(({ number, etag }) => {
    const part = upload.parts.get(number);
    return part?.md5.toString("hex") === etag ? part : undefined;
  });
  if (!parts.every((part) => part !== undefined)) {
    return refuse("InvalidPart", "One or more of the specified parts could not be found.");
  }
  if (parts.slice(0, -1).some(({ bytes }) => bytes < minPartBytes)) {
    const message = "Your proposed upload is smaller than the minimum allowed size";
    return refuse("EntityTooSmall", message);
  }
  const digest = createHash("md5").update(Buffer.concat(parts.map(({ md5 }) => md5)));
  return {
    ...upload.storedAs,
    body: new Uint8Array(),
    bytes: parts.reduce((sum, { bytes }) => sum + bytes, 0),
    etag: `${digest.digest("hex")}-${parts.length}`,
  };
}
