import { lambdaEdgeQuotas } from "./quotas.ts";
import type { LambdaEdgeQuotas } from "./quotas.ts";

/** How much a policy may name (LE-E-21). */
export interface PolicyQuotas {
  readonly headers: number;
  readonly cookies: number;
  readonly queryStrings: number;
  /** All names together, whatever their kind. */
  readonly nameCharacters: number;
}

/** How large custom headers of origins and of response headers policies may be (LE-C-28). */
export interface CustomHeaderQuotas {
  readonly perOrigin: number;
  readonly perResponseHeadersPolicy: number;
  readonly nameCharacters: number;
  readonly valueCharacters: number;
  /** All names and values of one origin or policy together. */
  readonly totalCharacters: number;
}

/** CloudFront's quotas as data, Lambda@Edge's among them: pass a copy with other values where an account has other quotas. */
export interface CloudFrontQuotas extends LambdaEdgeQuotas {
  /** Characters of a path pattern (CF-J-06). */
  readonly pathPatternCharacters: number;
  /** Path and query string of a request. */
  readonly urlBytes: number;
  /** Request line and headers of a viewer's request (LE-C-27). */
  readonly requestHeadBytes: number;
  /** Status line and headers of an origin's response (LE-C-27). */
  readonly originResponseHeadBytes: number;
  readonly cacheBehaviorsPerDistribution: number;
  readonly originsPerDistribution: number;
  readonly originGroupsPerDistribution: number;
  /** Lambda@Edge functions of one distribution (LE-E-07). */
  readonly functionsPerDistribution: number;
  readonly customHeaders: CustomHeaderQuotas;
  /** Of a cache policy, and of an origin request policy. */
  readonly policy: PolicyQuotas;
}

/**
 * The default quotas.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html
 */
export const cloudFrontQuotas: CloudFrontQuotas = {
  ...lambdaEdgeQuotas,
  // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesCacheBehavior.html#DownloadDistValuesPathPattern
  pathPatternCharacters: 255,
  // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html#limits-general
  urlBytes: 8192,
  requestHeadBytes: 32_768,
  originResponseHeadBytes: 32_768,
  // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html#limits-web-distributions
  cacheBehaviorsPerDistribution: 75,
  originsPerDistribution: 100,
  originGroupsPerDistribution: 10,
  // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html#limits-lambda-at-edge
  functionsPerDistribution: 100,
  // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html#limits-custom-headers
  customHeaders: {
    perOrigin: 30,
    perResponseHeadersPolicy: 10,
    nameCharacters: 256,
    valueCharacters: 1783,
    totalCharacters: 10_240,
  },
  // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html#limits-policies
  policy: { headers: 10, cookies: 10, queryStrings: 10, nameCharacters: 1024 },
};
