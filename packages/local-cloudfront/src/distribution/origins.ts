/** Where an origin's content comes from on this machine. */
export type OriginContent =
  | { readonly kind: "folder"; readonly path: string }
  /** An HTTP(S) server that replaces the origin's domain name. */
  | { readonly kind: "url"; readonly url: string }
  /** Nothing on this machine: a custom origin is contacted at its domain name. */
  | { readonly kind: "none" }
  /** Nothing either, and the deployment decides its host name: nobody is contacted. */
  | { readonly kind: "not-deployed" };

interface OriginBase {
  /** The `Id` that cache behaviors name. */
  readonly id: string;
  readonly domainName: string;
  /** Empty, or starts with `/` and does not end with it. */
  readonly path: string;
  readonly customHeaders: readonly { readonly name: string; readonly value: string }[];
  /** 1 to 3. */
  readonly connectionAttempts: number;
  readonly connectionTimeoutSeconds: number;
  readonly readTimeoutSeconds: number;
  /** 0 where none is set. */
  readonly responseCompletionTimeoutSeconds: number;
  readonly originShieldEnabled: boolean;
  readonly content: OriginContent;
}

/** Metadata that objects of a bucket were stored with, as in a `Cache-Control` for all HTML. */
export interface ObjectHeaders {
  /** Of the object's key, written as the path pattern of a cache behavior. */
  readonly pathPattern: string;
  /** Values by header name. */
  readonly headers: Readonly<Record<string, string>>;
}

/** What a site publishes of its folder otherwise than by default, as globs. */
export interface SiteFileGlobs {
  readonly include: readonly string[];
  readonly exclude: readonly string[];
}

/** How CloudFront signs its requests to an S3 bucket. */
export type S3Access =
  | { readonly kind: "public" }
  | {
      readonly kind: "origin-access-control";
      readonly signingBehavior: "always" | "never" | "no-override";
    }
  | { readonly kind: "origin-access-identity" };

export interface S3Origin extends OriginBase {
  readonly kind: "s3";
  readonly access: S3Access;
  readonly region: string;
  /** The bucket's logical id where the template has it. */
  readonly bucketLogicalId: string | undefined;
  /** Whether the bucket policy lets CloudFront get objects: if not, every response is a 403. */
  readonly mayGetObject: boolean;
  /** Whether it lets CloudFront list the bucket: a missing key is then 404, else 403 (CF-H-01). */
  readonly mayListBucket: boolean;
  /** Tried in order, the first whose pattern matches the key counts; absent where none is known. */
  readonly objectHeaders?: readonly ObjectHeaders[];
  /** Which files of its site folder are published; absent where no site folder is named. */
  readonly siteFiles?: SiteFileGlobs;
}

export interface CustomOrigin extends OriginBase {
  readonly kind: "custom";
  readonly protocolPolicy: "http-only" | "https-only" | "match-viewer";
  readonly httpPort: number;
  readonly httpsPort: number;
  readonly sslProtocols: readonly string[];
  readonly keepaliveTimeoutSeconds: number;
}

/** An origin of the distribution. */
export type Origin = S3Origin | CustomOrigin;

/** A primary and a secondary origin, with the statuses that make CloudFront go to the second. */
export interface OriginGroup {
  readonly id: string;
  readonly primaryOriginId: string;
  readonly secondaryOriginId: string;
  readonly failoverStatuses: readonly number[];
}
