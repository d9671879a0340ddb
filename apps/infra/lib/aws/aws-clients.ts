import { CloudFormationClient } from "@aws-sdk/client-cloudformation";
import { CloudFrontClient } from "@aws-sdk/client-cloudfront";
import { S3Client } from "@aws-sdk/client-s3";
import { SSMClient } from "@aws-sdk/client-ssm";
import { STSClient } from "@aws-sdk/client-sts";

/** The region of the stack: the only one from which CloudFront takes functions (LE-E-11). */
export const stackRegion = "us-east-1";

/** What a deploy asks of AWS itself; the CDK CLI asks the rest. */
export interface AwsClients {
  readonly sts: STSClient;
  readonly ssm: SSMClient;
  readonly cloudFormation: CloudFormationClient;
  readonly s3: S3Client;
  readonly cloudFront: CloudFrontClient;
}

/** Returns clients with the credentials that the CDK CLI finds too, each of which retries by itself. */
export function awsClients(): AwsClients {
  const options = { region: stackRegion, maxAttempts: 5 };
  return {
    sts: new STSClient(options),
    ssm: new SSMClient(options),
    cloudFormation: new CloudFormationClient(options),
    s3: new S3Client(options),
    cloudFront: new CloudFrontClient(options),
  };
}
