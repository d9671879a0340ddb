import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { clientOptions } from "../aws/aws-clients.ts";
import { meanOf, type Metric, readMetrics, sumOf, type TimeRange } from "./metrics.ts";

/** What viewers have asked of a distribution in a time. */
export interface TrafficMetrics {
  readonly requests: number;
  /** In responses to GET, HEAD and OPTIONS. */
  readonly bytesToViewers: number;
  /** From 0 to 100; undefined where nobody has asked. */
  readonly clientErrorPercent: number | undefined;
  readonly serverErrorPercent: number | undefined;
  /** Undefined, too, where the distribution has no additional metrics, which cost. */
  readonly cacheHitPercent: number | undefined;
}

const names = [
  ["Requests", "Sum"],
  ["BytesDownloaded", "Sum"],
  ["4xxErrorRate", "Average"],
  ["5xxErrorRate", "Average"],
  ["CacheHitRate", "Average"],
] as const;

/**
 * Reads what viewers have asked of a distribution.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/programming-cloudwatch-metrics.html
 */
export async function readTrafficMetrics(
  distributionId: string,
  range: TimeRange,
): Promise<TrafficMetrics> {
  const metrics = names.map(([name, statistic]): Metric => ({
    namespace: "AWS/CloudFront",
    name,
    statistic,
    dimensions: { DistributionId: distributionId, Region: "Global" },
  }));
  const none = new Map<number, number>();
  const [requests = none, bytes = none, clientErrors = none, serverErrors = none, hits = none] =
    await readMetrics(new CloudWatchClient(clientOptions), metrics, range);
  return {
    requests: sumOf(requests),
    bytesToViewers: sumOf(bytes),
    clientErrorPercent: meanOf(clientErrors, requests),
    serverErrorPercent: meanOf(serverErrors, requests),
    cacheHitPercent: meanOf(hits, requests),
  };
}
