import { emptyHeaders } from "../http/empty-headers.ts";
import { randomText } from "../random-text.ts";
import { formatHttpDate } from "../http/http-date.ts";
import type { MutableHeaders, HttpResponse } from "../http/http-message.ts";

/** An error of S3. */
export interface S3Error {
  readonly status: number;
  readonly statusDescription: string;
  readonly code: string;
  readonly message: string;
}

// https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
/** The errors that reading from a bucket can end in. */
export const s3Errors = {
  accessDenied: {
    status: 403,
    statusDescription: "Forbidden",
    code: "AccessDenied",
    message: "Access Denied",
  },
  corsNotEnabled: {
    status: 403,
    statusDescription: "Forbidden",
    code: "AccessForbidden",
    message: "CORSResponse: CORS is not enabled for this bucket.",
  },
  invalidRange: {
    status: 416,
    statusDescription: "Requested Range Not Satisfiable",
    code: "InvalidRange",
    message: "The requested range is not satisfiable",
  },
  invalidUri: {
    status: 400,
    statusDescription: "Bad Request",
    code: "InvalidURI",
    message: "Couldn't parse the specified URI.",
  },
  keyTooLong: {
    status: 400,
    statusDescription: "Bad Request",
    code: "KeyTooLongError",
    message: "Your key is too long",
  },
  methodNotAllowed: {
    status: 405,
    statusDescription: "Method Not Allowed",
    code: "MethodNotAllowed",
    message: "The specified method is not allowed against this resource.",
  },
  missingOrigin: {
    status: 400,
    statusDescription: "Bad Request",
    code: "BadRequest",
    message: "Insufficient information. Origin request header needed.",
  },
  noSuchKey: {
    status: 404,
    statusDescription: "Not Found",
    code: "NoSuchKey",
    message: "The specified key does not exist.",
  },
  preconditionFailed: {
    status: 412,
    statusDescription: "Precondition Failed",
    code: "PreconditionFailed",
    message: "At least one of the pre-conditions you specified did not hold",
  },
  unsupportedAuthorization: {
    status: 400,
    statusDescription: "Bad Request",
    code: "InvalidArgument",
    message: "Unsupported Authorization Type",
  },
} as const satisfies Record<string, S3Error>;

/**
 * Returns the XML response of S3 to a request that it refuses; without its body for HEAD.
 *
 * @param details further elements of the document, as in the `Key` of NoSuchKey
 */
export function s3ErrorResponse(
  error: S3Error,
  method: string,
  nowMs: number,
  details: Readonly<Record<string, string>> = {},
): HttpResponse {
  const headers = s3Headers(nowMs);
  headers["content-type"] = [{ key: "Content-Type", value: "application/xml" }];
  headers["transfer-encoding"] = [{ key: "Transfer-Encoding", value: "chunked" }];
  const elements = {
    Code: error.code,
    Message: error.message,
    ...details,
    RequestId: headers["x-amz-request-id"]?.[0]?.value ?? "",
    HostId: headers["x-amz-id-2"]?.[0]?.value ?? "",
  };
  const xml = Object.entries(elements).map(
    ([name, text]) => `<${name}>${escapeXml(text)}</${name}>`,
  );
  return {
    status: error.status,
    statusDescription: error.statusDescription,
    headers,
    body:
      method === "HEAD"
        ? new Uint8Array()
        : Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>\n<Error>${xml.join("")}</Error>`),
  };
}

/** Returns the headers that every response of S3 carries. */
export function s3Headers(nowMs: number): MutableHeaders {
  const headers = emptyHeaders();
  headers["x-amz-id-2"] = [{ key: "x-amz-id-2", value: randomText(57, "base64") }];
  headers["x-amz-request-id"] = [
    { key: "x-amz-request-id", value: randomText(8, "hex").toUpperCase() },
  ];
  headers["date"] = [{ key: "Date", value: formatHttpDate(nowMs) }];
  headers["server"] = [{ key: "Server", value: "AmazonS3" }];
  return headers;
}

/** Characters that XML reserves or has no place for. */
const unsafeInXml = /[&<>"'\p{Cc}]/gu;

function escapeXml(text: string): string {
  return text.replaceAll(unsafeInXml, (character) => `&#${character.codePointAt(0)};`);
}
