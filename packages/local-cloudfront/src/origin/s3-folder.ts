import { hasHashedName, mediaTypeOf } from "cf-site-files";
import { compileWildcards } from "../distribution/compile-wildcards.ts";
import { emptyHeaders } from "../http/empty-headers.ts";
import type { Clock } from "../clock.ts";
import { formatHttpDate } from "../http/http-date.ts";
import type {
  MutableHeaders,
  HttpHeaders,
  HttpRequest,
  HttpResponse,
} from "../http/http-message.ts";
import type { S3Origin } from "../distribution/origins.ts";
import type { BucketFolder, StoredObject } from "./bucket-folder.ts";
import { readObjectKey } from "./object-key.ts";
import { s3ErrorResponse, s3Errors, s3Headers, type S3Error } from "./s3-response.ts";
import { evaluatePreconditions, ifRangeHolds } from "./s3-preconditions.ts";
import { refuseS3Request } from "./s3-access.ts";

/**
 * Responds to a request as the bucket would that a folder stands for (CF-H-01 to CF-H-14).
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html
 */
export async function fetchFromS3Folder(
  origin: S3Origin,
  request: HttpRequest,
  folder: BucketFolder,
  clock: Clock,
): Promise<HttpResponse> {
  const refuse = (error: S3Error, details?: Readonly<Record<string, string>>): HttpResponse =>
    s3ErrorResponse(error, request.method, clock.now(), details);

  const refusal = refuseS3Request(origin, request);
  if (refusal !== undefined) return refuse(refusal);
  const objectKey = readObjectKey(`${origin.path}${request.uri}`);
  if (objectKey.kind === "invalid") return refuse(s3Errors.invalidUri);
  if (objectKey.kind === "too-long") return refuse(s3Errors.keyTooLong);
  const { key } = objectKey;
  // FIDELITY CF-H-07: with s3:ListBucket, S3 responds to a request for the bare bucket with a list of
  // its keys. That is never what a site wants; it is refused here, as without the permission.
  if (key === "") return refuse(s3Errors.accessDenied);

  const object = await folder.readObject(key);
  if (object === undefined) {
    return origin.mayListBucket
      ? refuse(s3Errors.noSuchKey, { Key: key })
      : refuse(s3Errors.accessDenied);
  }
  const headers: MutableHeaders = Object.assign(
    s3Headers(clock.now()),
    metadataHeaders(object),
    storedHeadersOf(origin, key, object),
  );
  // As the tools that fill buckets guess it; S3 itself knows only what it was told (CF-H-12).
  headers["content-type"] ??= [{ key: "Content-Type", value: mediaTypeOf(key) }];
  return respondWith(object, headers, request, refuse);
}

function respondWith(
  object: StoredObject,
  headers: MutableHeaders,
  request: HttpRequest,
  refuse: (error: S3Error) => HttpResponse,
): HttpResponse {
  switch (evaluatePreconditions(request.headers, object)) {
    case "failed":
      return refuse(s3Errors.preconditionFailed);
    case "not-modified": {
      delete headers["content-type"];
      return { status: 304, statusDescription: "Not Modified", headers, body: noBody };
    }
    case "met":
  }
  const { body } = object;
  const isRanged = ifRangeHolds(request.headers, object);
  const range = readS3Range(
    isRanged ? request.headers["range"]?.[0]?.value : undefined,
    body.byteLength,
  );
  if (range.kind === "unsatisfiable") return refuse(s3Errors.invalidRange);
  const part = range.kind === "part" ? body.subarray(range.first, range.last + 1) : body;
  headers["content-length"] = [{ key: "Content-Length", value: String(part.byteLength) }];
  if (range.kind === "part") {
    const value = `bytes ${range.first}-${range.last}/${body.byteLength}`;
    headers["content-range"] = [{ key: "Content-Range", value }];
  }
  return {
    status: range.kind === "part" ? 206 : 200,
    statusDescription: range.kind === "part" ? "Partial Content" : "OK",
    headers,
    body: request.method === "HEAD" ? noBody : part,
  };
}

const noBody = new Uint8Array();

function metadataHeaders({ etag, lastModifiedMs }: StoredObject): HttpHeaders {
  return {
    "last-modified": [{ key: "Last-Modified", value: formatHttpDate(lastModifiedMs) }],
    etag: [{ key: "ETag", value: etag }],
    "accept-ranges": [{ key: "Accept-Ranges", value: "bytes" }],
  };
}

/**
 * Returns the headers that an object was stored with: its own, and those of the first pattern that its
 * key matches. Patterns are those of cache behaviors (CF-J-02, CF-J-03), but a key is matched as it is.
 */
function storedHeadersOf(
  { objectHeaders = [] }: S3Origin,
  key: string,
  object: StoredObject,
): HttpHeaders {
  const found = objectHeaders.find(
    ({ pathPattern, hashedNames }) =>
      compileWildcards(pathPattern.replace(/^\//, ""))(key) && (!hashedNames || hasHashedName(key)),
  );
  const headers = emptyHeaders();
  for (const [name, value] of Object.entries({ ...object.headers, ...found?.headers })) {
    headers[name.toLowerCase()] = [{ key: name, value }];
  }
  return headers;
}

/** What S3 makes of a Range header. */
type S3Range =
  | { readonly kind: "whole" }
  | { readonly kind: "part"; readonly first: number; readonly last: number }
  | { readonly kind: "unsatisfiable" };

const wholeObject: S3Range = { kind: "whole" };

/**
 * Reads a Range header. S3 serves one range per request; several, and what is no range of bytes,
 * get the whole object.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html
 */
function readS3Range(range: string | undefined, objectBytes: number): S3Range {
  const match = /^\s*bytes=\s*(\d*)\s*-\s*(\d*)\s*$/i.exec(range ?? "");
  if (match === null) return wholeObject;
  const [, from = "", to = ""] = match;
  if (from === "") return to === "" ? wholeObject : lastBytes(Number(to), objectBytes);
  const first = Number(from);
  if (to !== "" && Number(to) < first) return wholeObject;
  if (first >= objectBytes) return { kind: "unsatisfiable" };
  const last = to === "" ? objectBytes - 1 : Math.min(Number(to), objectBytes - 1);
  return { kind: "part", first, last };
}

function lastBytes(count: number, objectBytes: number): S3Range {
  if (count === 0 || objectBytes === 0) return { kind: "unsatisfiable" };
  return { kind: "part", first: Math.max(0, objectBytes - count), last: objectBytes - 1 };
}
