import type { EventType } from "cf-types";
import type { CloudFrontFunctionAssociation } from "./cloudfront-functions.ts";
import type { FunctionAssociation } from "./edge-functions.ts";
import type { Origin, OriginContent, OriginGroup } from "./origins.ts";
import type { CachePolicy, OriginRequestPolicy, ResponseHeadersPolicy } from "./policies.ts";

/** A cache behavior: what CloudFront does with the requests whose path its pattern matches. */
export interface CacheBehavior {
  /** `*` for the default cache behavior, which is always the last. */
  readonly pathPattern: string;
  readonly isDefault: boolean;
  /** The id of an origin or of an origin group. */
  readonly targetOriginId: string;
  readonly viewerProtocolPolicy: "allow-all" | "https-only" | "redirect-to-https";
  readonly allowedMethods: readonly string[];
  readonly cachedMethods: readonly string[];
  readonly compress: boolean;
  readonly cachePolicy: CachePolicy;
  readonly originRequestPolicy: OriginRequestPolicy | undefined;
  readonly responseHeadersPolicy: ResponseHeadersPolicy | undefined;
  /** Public keys (PEM) by id, one of which must have signed a request; absent where anybody may view. */
  readonly trustedKeys?: ReadonlyMap<string, string>;
  /** The Lambda@Edge functions. */
  readonly functionAssociations: { readonly [Type in EventType]?: FunctionAssociation };
  /** The CloudFront Functions; none where there is Lambda@Edge on a viewer event (LE-A-30). */
  readonly cloudFrontFunctions: {
    readonly [Type in CloudFrontFunctionAssociation["eventType"]]?: CloudFrontFunctionAssociation;
  };
}

/** What CloudFront returns to the viewer when the origin returns an error. */
export interface CustomErrorResponse {
  /** The origin's status. */
  readonly errorCode: number;
  /** The status for the viewer; undefined keeps the origin's. */
  readonly responseCode: number | undefined;
  /** The page to serve; undefined keeps the origin's body. */
  readonly responsePagePath: string | undefined;
  /** Seconds for which the error is cached. */
  readonly errorCachingMinTtlSeconds: number;
}

/** From which countries viewers may come (LE-A-17); `whitelist`: only these, `blacklist`: all others. */
export type GeoRestriction =
  | { readonly kind: "none" }
  | {
      readonly kind: "whitelist" | "blacklist";
      /** Two upper-case letters each. */
      readonly countryCodes: readonly string[];
    };

/**
 * A CloudFront distribution as plain read-only data.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-cloudfront-distribution-distributionconfig.html
 */
export interface Distribution {
  readonly logicalId: string;
  /** Synthetic: derived from the logical id, always the same for the same template. */
  readonly id: string;
  /** `d….cloudfront.net`, derived likewise. */
  readonly domainName: string;
  readonly aliases: readonly string[];
  readonly comment: string;
  readonly defaultRootObject: string | undefined;
  /** Whether viewers may use HTTP/2. */
  readonly http2: boolean;
  readonly origins: ReadonlyMap<string, Origin>;
  /** Content of hosts that functions may choose as origins, by lower-case host name; absent means none. */
  readonly contentByHost?: ReadonlyMap<string, OriginContent>;
  readonly originGroups: ReadonlyMap<string, OriginGroup>;
  /** In the order in which they are tried; the default cache behavior is the last (CF-J-01). */
  readonly cacheBehaviors: readonly CacheBehavior[];
  readonly customErrorResponses: readonly CustomErrorResponse[];
  /** Absent means none. */
  readonly geoRestriction?: GeoRestriction;
  /** The header that names an object's cache tags, lower case; absent means none (CF-P-01). */
  readonly cacheTagHeader?: string | undefined;
  /** Whether access logs carry the viewers' cookies; absent means not. */
  readonly logsCookies?: boolean;
  /** Paths to try, from the resource's metadata `cf-edge:try`; empty where it has none. */
  readonly tryOut: readonly { readonly uri: string; readonly shows: string }[];
  /** What allows what a policy blocks, from the resource's metadata `cf-edge:policy-remedies`; absent means none. */
  readonly policyRemedies?: PolicyRemedies;
}

/**
 * What has to be written to allow what a Content-Security-Policy blocks, by directive and kind, as in
 * `connect-src source`, or by kind alone, as in `inline`: `{directive}` and `{source}` stand for them.
 */
export type PolicyRemedies = Readonly<Record<string, string>>;

/** Something in the template that the local CloudFront does not do, named once at start. */
export interface TemplateWarning {
  /** Property path, as in `Distribution.DistributionConfig.Logging`. */
  readonly subject: string;
  readonly message: string;
}
