import {
  type CloudFrontClient,
  waitUntilDistributionDeployed,
  waitUntilInvalidationCompleted,
} from "@aws-sdk/client-cloudfront";
import { awsFailure } from "../aws/aws-error.ts";

/** What is waited for, and for how long. */
export interface AwaitedDistribution {
  readonly cloudFront: CloudFrontClient;
  readonly distributionId: string;
  readonly invalidationId: string | undefined;
  /** Between two requests, at first. */
  readonly everySeconds: number;
}

// LE-E-18: a new version takes up to about 15 minutes to reach all edge locations.
const maxWaitTime = 45 * 60;

/**
 * Waits until every edge location has the distribution, and has dropped what was invalidated.
 *
 * @throws {EdgeSiteError} `AWS_FAILED` when AWS refuses the request or it takes too long.
 */
export async function awaitDistribution(awaited: AwaitedDistribution): Promise<void> {
  const { cloudFront: client, distributionId, invalidationId, everySeconds } = awaited;
  const waiter = { client, maxWaitTime, minDelay: everySeconds, maxDelay: everySeconds * 4 };
  try {
    await waitUntilDistributionDeployed(waiter, { Id: distributionId });
    if (invalidationId === undefined) return;
    const invalidation = { DistributionId: distributionId, Id: invalidationId };
    await waitUntilInvalidationCompleted(waiter, invalidation);
  } catch (cause) {
    throw awsFailure(`Distribution ${distributionId} is not known to be deployed`, cause);
  }
}
