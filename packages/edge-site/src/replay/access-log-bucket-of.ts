import { type JsonObject, objectAt } from "cloud-assembly";
import type { StackResource } from "../aws/stack-resources.ts";

/** Returns the bucket of a deployed distribution's access logs; undefined where it writes none. */
export function accessLogBucketOf(
  template: JsonObject,
  resources: readonly StackResource[],
): string | undefined {
  const logging = resources
    .filter(({ type }) => type === "AWS::CloudFront::Distribution")
    .map(({ logicalId }) =>
      objectAt(template, "Resources", logicalId, "Properties", "DistributionConfig", "Logging"),
    )
    .map(({ Bucket }) => JSON.stringify(Bucket));
  const bucket = resources.find(
    ({ type, logicalId }) =>
      type === "AWS::S3::Bucket" && logging.some((name) => name?.includes(`"${logicalId}"`)),
  );
  return bucket?.physicalId;
}
