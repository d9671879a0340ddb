/** Where requests can go beside the origin that their cache behavior has. */
export interface SelectableOrigin {
  /**
   * A host name, without port. That of a bucket, as in `site.s3.eu-central-1.amazonaws.com`, makes it an S3 origin.
   * @default - `originId` says which origin of the distribution it is
   */
  readonly domainName?: string;
  /**
   * The id of an origin of the distribution, for CloudFront Functions.
   * @default - `domainName` says where it is
   */
  readonly originId?: string;
  /**
   * What the origin's paths begin with, as in `/v2`: CloudFront adds it, and no function sees it.
   * @default ""
   */
  readonly path?: string;
  /**
   * What the origin is sent as Host; not for a bucket, which takes its own alone (CF-H-14).
   * @default - `domainName`
   */
  readonly hostHeader?: string;
  /**
   * Towards an origin that is no bucket.
   * @default "https"
   */
  readonly protocol?: "https" | "http";
  /** @default - 443, or 80 for `http` */
  readonly port?: number;
  /**
   * The document that stands for a folder: `/docs/` and `/docs` get `/docs/index.html`.
   * @default - paths stay
   */
  readonly indexDocument?: string;
  /**
   * Which origin takes over where this one fails; CloudFront Functions alone, and both by `originId`.
   * @default - none
   */
  readonly failover?: {
    /** The name of an origin. */
    readonly to: string;
    /** @default [500, 502, 503, 504] */
    readonly statuses?: readonly number[];
  };
}

/** Which requests go to which origin. A request has to meet everything that is written. */
export interface OriginRule {
  /** Host names; `*` stands for one label or a part of it, as in `pr-*.preview.example.com`. */
  readonly hosts?: readonly string[];
  /** As in a cache behavior. */
  readonly pathPattern?: string;
  /** Values by name, as in `{ "x-beta": ["1", "on"] }`. */
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  /** Values by name. */
  readonly cookies?: Readonly<Record<string, string | readonly string[]>>;
  /** Two letters each (ISO 3166-1), as in `["DE", "AT"]`. */
  readonly countries?: readonly string[];
  /** The Regions where the function runs, near the viewer: `["eu-central-1", "ap-*"]`. */
  readonly regions?: readonly string[];
  /**
   * The name of an origin.
   * @default - that of the cache behavior
   */
  readonly origin?: string;
  /**
   * What the path gets in front, as in `/previews/pr-{1}`: `{1}` is what the first `*` of the host stands for.
   * @default - the path stays
   */
  readonly prefix?: string;
}

/** A part of the viewers gets another origin, and keeps it. */
export interface OriginSplit {
  /** Percent of the viewers by the name of an origin; the rest keeps the origin of the cache behavior. */
  readonly percent: Readonly<Record<string, number>>;
  /**
   * What it is for; all else keeps its origin.
   * @default "*"
   */
  readonly pathPattern?: string;
  /**
   * The cookie in which viewers keep their origin.
   * @default "origin"
   */
  readonly cookie?: string;
  /** @default 604800 - a week */
  readonly maxAgeSeconds?: number;
}

/** Which origin a request goes to. */
export interface OriginSelectOptions {
  /**
   * By a name of your own.
   * @default {}
   */
  readonly origins?: Readonly<Record<string, SelectableOrigin>>;
  /**
   * The name of an origin by host name: a table for many, before all rules.
   * @default {}
   */
  readonly hosts?: Readonly<Record<string, string>>;
  /**
   * The first that a request meets decides.
   * @default []
   */
  readonly rules?: readonly OriginRule[];
  /**
   * Of the requests that neither a host nor a rule takes.
   * @default - nothing is split
   */
  readonly split?: OriginSplit;
  /**
   * The header that names the origin from viewer-request on, and that the cache key needs: two origins share no object.
   * @default "x-origin"
   */
  readonly header?: string;
}
