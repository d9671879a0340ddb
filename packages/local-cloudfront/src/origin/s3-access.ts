import type { HttpRequest } from "../http/http-message.ts";
import type { S3Origin } from "../distribution/origins.ts";
import { s3Errors, type S3Error } from "./s3-response.ts";

/**
 * Returns why S3 refuses a request before it looks for the object; undefined where it does not.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html
 */
export function refuseS3Request(origin: S3Origin, request: HttpRequest): S3Error | undefined {
  // A Host that is not the bucket's names another bucket, and breaks the signature (CF-H-14).
  const host = request.headers["host"]?.[0]?.value;
  if (host !== undefined && host.toLowerCase() !== origin.domainName.toLowerCase()) {
    return s3Errors.accessDenied;
  }
  return refuseMethod(request) ?? refuseAuthorization(origin, request) ?? refuseReader(origin);
}

/**
 * FIDELITY CF-H-06: a bucket behind this server is read-only, as if the bucket policy granted no
 * more than s3:GetObject, and it has no CORS configuration.
 */
function refuseMethod({ method, headers }: HttpRequest): S3Error | undefined {
  switch (method) {
    case "GET":
    case "HEAD":
      return undefined;
    case "OPTIONS":
      return headers["origin"] === undefined ? s3Errors.missingOrigin : s3Errors.corsNotEnabled;
    case "PUT":
    case "DELETE":
      return s3Errors.accessDenied;
    default:
      return s3Errors.methodNotAllowed;
  }
}

/** A viewer's Authorization reaches S3 where CloudFront does not write its own (CF-H-03). */
function refuseAuthorization({ access }: S3Origin, { headers }: HttpRequest): S3Error | undefined {
  const authorization = headers["authorization"]?.[0]?.value;
  if (authorization === undefined) return undefined;
  if (access.kind === "origin-access-identity") return undefined;
  if (access.kind === "origin-access-control" && access.signingBehavior === "always") {
    return undefined;
  }
  // No credentials of AWS are known here, so none are right.
  return authorization.startsWith("AWS")
    ? s3Errors.accessDenied
    : s3Errors.unsupportedAuthorization;
}

function refuseReader({ access, mayGetObject }: S3Origin): S3Error | undefined {
  const isUnsigned = access.kind === "origin-access-control" && access.signingBehavior === "never";
  return mayGetObject && !isUnsigned ? undefined : s3Errors.accessDenied;
}
