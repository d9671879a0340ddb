import { createHash } from "node:crypto";
import type { AwsRequest } from "./aws-request.ts";

/** An object as it was stored. */
export interface TestObject {
  /** Of one that was stored in parts, nothing is kept. */
  readonly body: Uint8Array;
  /** @default - that of the body */
  readonly bytes?: number;
  /** @default - that of the body */
  readonly etag?: string;
  /** @default - now */
  readonly lastModified?: Date;
  readonly contentType: string | undefined;
  readonly cacheControl: string | undefined;
  readonly metadata: Readonly<Record<string, string>>;
  /** As the header says it. */
  readonly tagging: string | undefined;
}

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html
/** Bytes of what is stored in one request, and of what is copied. */
export const maxPutBytes = 5 * 1024 ** 3;

/** Returns what the headers of a request say of the object that it stores. */
export function storedAs({ headers }: AwsRequest): Omit<TestObject, "body"> {
  const metadata = Object.entries(headers)
    .filter(([name]) => name.startsWith("x-amz-meta-"))
    .map(([name, value]) => [name.slice("x-amz-meta-".length), value]);
  return {
    lastModified: new Date(),
    contentType: headers["content-type"],
    cacheControl: headers["cache-control"],
    metadata: Object.fromEntries(metadata),
    tagging: headers["x-amz-tagging"],
  };
}

/** Returns the ETag of an object, without quotes. */
export function etagOf({ body, etag }: TestObject): string {
  return etag ?? createHash("md5").update(body).digest("hex");
}

/** Returns the length of its content. */
export function bytesOf({ body, bytes }: TestObject): number {
  return bytes ?? body.byteLength;
}
