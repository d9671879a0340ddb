/** The quotas of one key value store. */
export interface KeyValueStoreQuotas {
  readonly keyBytes: number;
  readonly valueBytes: number;
  /** All keys and values together. */
  readonly storeBytes: number;
}

/** The quotas of CloudFront Functions as data. */
export interface CloudFrontFunctionQuotas {
  /** The day on which the page was read, as in `2026-09-30`. */
  readonly asOf: string;
  /** The code of one function as deployed; not adjustable (FN-I-15). */
  readonly maxCodeBytes: number;
  readonly memoryBytes: number;
  readonly keyValueStoresPerFunction: number;
  readonly keyValueStore: KeyValueStoreQuotas;
}

const KB = 1024;
const MB = 1024 * KB;

/**
 * The default quotas. AWS writes KB and MB; binary units are assumed.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html#limits-functions
 */
export const cloudFrontFunctionQuotas: CloudFrontFunctionQuotas = {
  asOf: "2026-09-30",
  maxCodeBytes: 10 * KB,
  memoryBytes: 2 * MB,
  keyValueStoresPerFunction: 1,
  // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html#limits-keyvaluestores
  keyValueStore: { keyBytes: 512, valueBytes: KB, storeBytes: 5 * MB },
};
