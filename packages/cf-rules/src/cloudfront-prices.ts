/** What CloudFront charges, in US dollars: the list prices of pay as you go, without free tier and data transfer. */
export interface CloudFrontPrices {
  /** The day on which the pages were read, as in `2026-11-30`. */
  readonly asOf: string;
  readonly source: string;
  /** In North America and Europe; up to 2.2 times as much elsewhere. */
  readonly perMillionHttpsRequests: number;
  readonly perMillionCloudFrontFunctionInvocations: number;
  /** Reads of a CloudFront Function from its key value store. */
  readonly perMillionKeyValueStoreReads: number;
  readonly perMillionLambdaEdgeInvocations: number;
  /** Each invocation is billed in whole milliseconds of its function's memory. */
  readonly perLambdaEdgeGbSecond: number;
}

/**
 * The prices that estimates are made of.
 *
 * @see https://aws.amazon.com/cloudfront/pricing/pay-as-you-go/
 */
export const cloudFrontPrices: CloudFrontPrices = {
  asOf: "2026-11-30",
  source: "https://aws.amazon.com/cloudfront/pricing/pay-as-you-go/",
  perMillionHttpsRequests: 1,
  perMillionCloudFrontFunctionInvocations: 0.1,
  perMillionKeyValueStoreReads: 0.03,
  perMillionLambdaEdgeInvocations: 0.6,
  perLambdaEdgeGbSecond: 0.00005001,
};
