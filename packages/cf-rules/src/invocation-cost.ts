import { cloudFrontPrices as prices } from "./cloudfront-prices.ts";

const million = 1_000_000;
const mbOfGb = 1024;

/**
 * Returns what one invocation on Lambda@Edge costs, in US dollars: it is billed in whole milliseconds of its memory.
 *
 * @see https://aws.amazon.com/lambda/pricing/
 */
export function lambdaEdgeInvocationCost(memoryMb: number, milliseconds: number): number {
  const gbSeconds = (memoryMb / mbOfGb) * (Math.ceil(milliseconds) / 1000);
  return (
    prices.perMillionLambdaEdgeInvocations / million + gbSeconds * prices.perLambdaEdgeGbSecond
  );
}

/**
 * Returns what one invocation of a CloudFront Function costs, in US dollars.
 *
 * @param storeReads how often it reads its key value store; fractions allowed
 */
export function cloudFrontFunctionInvocationCost(storeReads: number): number {
  return (
    (prices.perMillionCloudFrontFunctionInvocations +
      storeReads * prices.perMillionKeyValueStoreReads) /
    million
  );
}

/** Writes US dollars as estimates have them: in cents, what is less as `<$0.01`. */
export function formatDollars(amount: number): string {
  return amount > 0 && amount < 0.005 ? "<$0.01" : `$${amount.toFixed(2)}`;
}
