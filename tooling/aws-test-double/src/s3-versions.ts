import { type AwsResponse, errorResponse, escapeXml, xmlResponse } from "./aws-response.ts";
import type { AwsRequest } from "./aws-request.ts";
import type { TestBuckets } from "./s3.ts";
import { bytesOf } from "./test-object.ts";

/** A version of an object that is not the present one, or the mark of one that was deleted. */
export interface TestVersion {
  readonly key: string;
  readonly versionId: string;
  readonly isDeleteMarker: boolean;
}

/** By the name of the bucket, which is or was versioned. */
export type TestVersions = Map<string, readonly TestVersion[]>;

/** S3's own are a thousand. */
const maxListedVersions = 3;
const maxDeletedKeys = 1000;

/** Responds to what concerns a bucket's versions, and the bucket as a whole. */
export function respondAsVersions(
  request: AwsRequest,
  bucketName: string,
  buckets: TestBuckets,
  versions: TestVersions,
): AwsResponse | undefined {
  const { method, query } = request;
  if (method === "GET" && query.has("versions")) {
    return xmlResponse(listing(bucketName, query, buckets, versions));
  }
  if (method === "POST" && query.has("delete")) {
    return deleteObjects(request, bucketName, buckets, versions);
  }
  if (method !== "DELETE") return undefined;
  if (versionsOf(bucketName, buckets, versions).length > 0) {
    const message = "The bucket you tried to delete is not empty";
    return errorResponse(request, 409, "BucketNotEmpty", message);
  }
  buckets.delete(bucketName);
  return { status: 204 };
}

/** The present version of a bucket that never was versioned is called `null`. */
function versionsOf(
  bucketName: string,
  buckets: TestBuckets,
  versions: TestVersions,
): readonly (TestVersion & { readonly bytes: number })[] {
  const present = [...(buckets.get(bucketName) ?? [])].map(([key, object]) => {
    return { key, versionId: "null", isDeleteMarker: false, bytes: bytesOf(object) };
  });
  const others = (versions.get(bucketName) ?? []).map((each) => ({ ...each, bytes: 1 }));
  return [...present, ...others].toSorted((one, other) =>
    Buffer.compare(Buffer.from(one.key), Buffer.from(other.key)),
  );
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectVersions.html */
function listing(
  bucketName: string,
  query: URLSearchParams,
  buckets: TestBuckets,
  versions: TestVersions,
): string {
  const all = versionsOf(bucketName, buckets, versions);
  const [keyMarker, idMarker] = [query.get("key-marker"), query.get("version-id-marker")];
  const last = all.findIndex(
    ({ key, versionId }) => key === keyMarker && (idMarker === null || versionId === idMarker),
  );
  const page = all.slice(last + 1, last + 1 + maxListedVersions);
  const end = page.at(-1);
  const isTruncated = last + 1 + page.length < all.length;
  const members = page.map(({ key, versionId, isDeleteMarker, bytes }) => {
    const kind = isDeleteMarker ? "DeleteMarker" : "Version";
    const size = isDeleteMarker ? "" : `<Size>${bytes}</Size>`;
    return `<${kind}><Key>${escapeXml(key)}</Key><VersionId>${versionId}</VersionId>${size}</${kind}>`;
  });
  const next =
    isTruncated && end !== undefined
      ? `<NextKeyMarker>${escapeXml(end.key)}</NextKeyMarker><NextVersionIdMarker>${end.versionId}</NextVersionIdMarker>`
      : "";
  return `<ListVersionsResult><Name>${bucketName}</Name><IsTruncated>${isTruncated}</IsTruncated>${next}${members.join("")}</ListVersionsResult>`;
}

function deleteObjects(
  request: AwsRequest,
  bucketName: string,
  buckets: TestBuckets,
  versions: TestVersions,
): AwsResponse {
  const named = [...new TextDecoder().decode(request.body).matchAll(/<Object>(.*?)<\/Object>/gs)];
  if (named.length === 0 || named.length > maxDeletedKeys) {
    const message = "The XML you provided was not well-formed";
    return errorResponse(request, 400, "MalformedXML", message);
  }
  for (const [, object = ""] of named) {
    const text = (tag: string) => new RegExp(`<${tag}>(.*?)</${tag}>`, "s").exec(object)?.[1];
    const key = unescapeXml(text("Key") ?? "");
    const versionId = text("VersionId");
    // Without a version's id, S3 deletes none of a bucket that is versioned: it adds a mark.
    if (versionId === "null" || (versionId === undefined && !versions.has(bucketName))) {
      buckets.get(bucketName)?.delete(key);
    }
    const others = (versions.get(bucketName) ?? []).filter(
      (each) => each.key !== key || each.versionId !== versionId,
    );
    if (versions.has(bucketName)) versions.set(bucketName, others);
  }
  return xmlResponse("<DeleteResult/>");
}

function unescapeXml(text: string): string {
  const characters: Readonly<Record<string, string>> = {
    "&lt;": "<",
    "&gt;": ">",
    "&quot;": '"',
    "&apos;": "'",
    "&amp;": "&",
  };
  return text
    .replaceAll(/&(?:lt|gt|quot|apos|amp);/g, (entity) => characters[entity] ?? entity)
    .replaceAll(/&#x([\da-f]+);/gi, (_all, code: string) =>
      String.fromCodePoint(Number.parseInt(code, 16)),
    );
}
