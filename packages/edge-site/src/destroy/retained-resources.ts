import { ListObjectsV2Command, type S3Client } from "@aws-sdk/client-s3";
import { awsErrorName } from "../aws/aws-error.ts";
import { edgeLogGroup } from "../aws/edge-log-group.ts";
import { physicalIds, type StackResource } from "../aws/stack-resources.ts";

/** Returns a line for each thing that outlives its stack, with the command that deletes it. */
export async function retainedResources(
  stackName: string,
  resources: readonly StackResource[],
  s3: S3Client,
): Promise<readonly string[]> {
  const buckets = await Promise.all(
    physicalIds(resources, "AWS::S3::Bucket").map((name) => retainedBucket(name, s3)),
  );
  const hasFunctions = physicalIds(resources, "AWS::Lambda::Function").length > 0;
  const group = edgeLogGroup(stackName);
  return [
    ...buckets,
    ...physicalIds(resources, "AWS::Lambda::Version").map(
      (arn) =>
        `version ${arn}: goes with its function, or delete it once its replicas are gone: aws lambda delete-function --region us-east-1 --function-name ${arn}`,
    ),
    ...(hasFunctions
      ? [
          `logs of its functions, in each region that had viewers: aws logs delete-log-group --region REGION --log-group-name ${group}`,
        ]
      : []),
  ];
}

async function retainedBucket(name: string, s3: S3Client): Promise<string> {
  const content = (await contentOf(name, s3)) ?? "";
  return `bucket ${name}${content}: aws s3 rb --force s3://${name}`;
}

/**
 * Returns how much is in a bucket, as in ` with 5 objects`; undefined where there is none of that name. Looking is a
 * courtesy: that it is not allowed is no reason to stop.
 */
export async function contentOf(name: string, s3: S3Client): Promise<string | undefined> {
  try {
    const list = await s3.send(new ListObjectsV2Command({ Bucket: name }));
    const { KeyCount: count = 0, IsTruncated: isTruncated = false } = list;
    return isTruncated ? ` with more than ${count} objects` : ` with ${count} objects`;
  } catch (error) {
    return awsErrorName(error) === "NoSuchBucket" ? undefined : "";
  }
}
