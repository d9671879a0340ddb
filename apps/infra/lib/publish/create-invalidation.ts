import { randomUUID } from "node:crypto";
import { type CloudFrontClient, CreateInvalidationCommand } from "@aws-sdk/client-cloudfront";

// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html#limits-invalidations
const maximumPaths = 3000;

/** Invalidates the paths, or everything where they are more than CloudFront takes at a time. */
export async function createInvalidation(
  paths: readonly string[],
  cloudFront: CloudFrontClient,
  distributionId: string,
): Promise<string> {
  const items = paths.length > maximumPaths ? ["/*"] : [...paths];
  const { Invalidation } = await cloudFront.send(
    new CreateInvalidationCommand({
      DistributionId: distributionId,
      InvalidationBatch: {
        CallerReference: randomUUID(),
        Paths: { Quantity: items.length, Items: items },
      },
    }),
  );
  return Invalidation?.Id ?? "";
}
