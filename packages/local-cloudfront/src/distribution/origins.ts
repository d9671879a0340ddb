import type { LambdaEndpoint } from "./lambda-endpoints.ts";

/** Where an origin's content comes from on this machine. */
export type OriginContent =
  | { readonly kind: "folder"; readonly path: string }
  /** Folders that a deployment copies to a bucket one after the other. */
  | { readonly kind: "deployed"; readonly folders: readonly DeployedFolder[] }
  /** An HTTP(S) server that replaces the origin's domain name. */
  | { readonly kind: "url"; readonly url: string }
  /** Nothing on this machine: a custom origin is contacted at its domain name. */
  | { readonly kind: "none" }
  /** Lambda functions of the template, which run on this machine. */
  | { readonly kind: "lambda"; readonly endpoint: LambdaEndpoint }
  /** Nothing either, and the deployment decides its host name: nobody is contacted. */
  | {
      readonly kind: "not-deployed";
      /** Why what the template has for it does not run here, without a full stop; absent where it has nothing. */
      readonly reason?: string;
    };

/** A folder that a deployment copies to a bucket, and how. */
export interface DeployedFolder {
  /** Absolute: a folder, or a zip file. */
  readonly path: string;
  /** The logical id of the deployment, which may copy several. */
  readonly deployment: string;
  /** Whether it removes what is in its place and not among its files, excluded ones aside. */
  readonly prunes: boolean;
  /** Empty, or ends with a slash. */
  readonly keyPrefix: string;
  /** Names of files that are left out, with the wildcards `*` and `?`. */
  readonly exclude: readonly string[];
  /** Those of them that are not left out. */
  readonly include: readonly string[];
  /** Metadata that its objects are stored with, by header name. */
  readonly headers: Readonly<Record<string, string>>;
  /** Values that are written in the place of marks in its files. */
  readonly replacements: readonly { readonly mark: string; readonly value: string }[];
}

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
  /** Whether a function chose a host name that no origin of the distribution has. @default false */
  readonly isElsewhere?: boolean;
  /** The Host that a CloudFront Function has sent in place of the viewer's; absent without one (FN-I-49). */
  readonly hostHeader?: string;
  /** The name that TLS asks for in place of `hostHeader` or the domain name; absent without one (FN-I-49). */
  readonly sni?: string;
  /** Names of which the certificate must have one, wildcards included; absent where that is the name asked for. */
  readonly allowedCertificateNames?: readonly string[];
}

/** Where a request goes: to one origin, or to a second one after an error of the first. */
export interface OriginTarget {
  readonly primary: Origin;
  readonly secondary: Origin | undefined;
  readonly failoverStatuses: readonly number[];
}

/** Metadata that objects of a bucket were stored with, as in a `Cache-Control` for all HTML. */
export interface ObjectHeaders {
  /** Of the object's key, written as the path pattern of a cache behavior. */
  readonly pathPattern: string;
  /** Whether they are those only of objects whose name has a hash of their content. @default false */
  readonly hashedNames?: boolean;
  /** Values by header name. */
  readonly headers: Readonly<Record<string, string>>;
}

/** What a site publishes of its folder otherwise than by default, as globs. */
export interface SiteFileGlobs {
  readonly include: readonly string[];
  readonly exclude: readonly string[];
}

/** When CloudFront signs requests: `no-override` leaves an `Authorization` of the viewer as it is. */
export type SigningBehavior = "always" | "never" | "no-override";

/** How CloudFront signs its requests to an S3 bucket. */
export type S3Access =
  | { readonly kind: "public" }
  | {
      readonly kind: "origin-access-control";
      readonly signingBehavior: SigningBehavior;
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
  /** Content-Types of its site folder by glob; absent where no site folder is named. */
  readonly contentTypes?: Readonly<Record<string, string>>;
}

export interface CustomOrigin extends OriginBase {
  readonly kind: "custom";
  readonly protocolPolicy: "http-only" | "https-only" | "match-viewer";
  readonly httpPort: number;
  readonly httpsPort: number;
  readonly sslProtocols: readonly string[];
  readonly keepaliveTimeoutSeconds: number;
  /** When an origin access control signs requests to it; absent without one. */
  readonly signingBehavior?: SigningBehavior;
  /** Where it is the website endpoint of a bucket that the template has. */
  readonly website?: S3Website;
}

/** How the website endpoint of a bucket serves the bucket's objects. */
export interface S3Website {
  /** As in `index.html`. */
  readonly indexDocument: string;
  /** The key of the object that errors have as their body. */
  readonly errorDocument: string | undefined;
  readonly redirectAll:
    | { readonly hostName: string; readonly protocol: "http" | "https" | undefined }
    | undefined;
  /** The first whose condition holds counts. */
  readonly routingRules: readonly WebsiteRoutingRule[];
  /** Whether everybody may get the bucket's objects. */
  readonly mayGetObject: boolean;
  /** Whether everybody may list them: a missing key is then 404, else 403. */
  readonly mayListBucket: boolean;
}

/** A redirect of a website, and when it is made. */
export interface WebsiteRoutingRule {
  readonly keyPrefix: string | undefined;
  /** The status of the error on which it redirects; undefined for all requests. */
  readonly errorCode: number | undefined;
  readonly hostName: string | undefined;
  readonly protocol: "http" | "https" | undefined;
  readonly redirectCode: number;
  readonly replaceKeyWith: string | undefined;
  readonly replaceKeyPrefixWith: string | undefined;
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
