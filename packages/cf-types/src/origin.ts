import type { ResultHeaders } from "./headers.ts";

/** The TLS versions that CloudFront may use towards a custom origin (LE-B-38). */
export type OriginSslProtocol = "TLSv1.2" | "TLSv1.1" | "TLSv1" | "SSLv3";

/**
 * A custom (HTTP or HTTPS) origin, as origin events carry it (LE-B-30).
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-event-structure.html#lambda-event-structure-request-origin
 */
export interface CustomOrigin {
  /** Headers that CloudFront adds to the request to the origin; none may repeat a request header. */
  customHeaders: ResultHeaders;
  /** A DNS name of at most 253 characters, no IP address and no port. */
  domainName: string;
  /** Seconds, 1 to 120. */
  keepaliveTimeout: number;
  /** Empty, or starts with `/` and does not end with it. */
  path: string;
  /** 80, 443 or 1024 to 65535. */
  port: number;
  protocol: "http" | "https";
  /** Seconds, 1 to 120. */
  readTimeout: number;
  /** Seconds, at least `readTimeout`; 0 or absent takes the default. */
  responseCompletionTimeout?: number;
  sslProtocols: OriginSslProtocol[];
}

interface S3OriginBase {
  customHeaders: ResultHeaders;
  domainName: string;
  path: string;
  /** Seconds, 1 to 120. */
  readTimeout?: number;
  /** Seconds, at least `readTimeout`; 0 or absent takes the default. */
  responseCompletionTimeout?: number;
}

/**
 * An S3 origin, as origin events carry it (LE-B-31). With OAC, `authMethod` is `none` (LE-B-32);
 * only an origin access identity needs the region (LE-B-39).
 */
export type S3Origin = S3OriginBase &
  (
    | { authMethod: "none"; region?: never }
    | { authMethod: "origin-access-identity"; region: string }
  );

/** Exactly one of a custom and an S3 origin (LE-B-28, LE-B-29). */
export type Origin = { custom: CustomOrigin; s3?: never } | { s3: S3Origin; custom?: never };
