import { CloudFormationClient } from "@aws-sdk/client-cloudformation";
import { CloudFrontClient } from "@aws-sdk/client-cloudfront";
import { CloudFrontKeyValueStoreClient } from "@aws-sdk/client-cloudfront-keyvaluestore";
import { S3Client } from "@aws-sdk/client-s3";
import { SSMClient } from "@aws-sdk/client-ssm";
import { STSClient } from "@aws-sdk/client-sts";
// Key value stores are no region's: their requests are signed for all of them.
import "@aws-sdk/signature-v4a";

/** The region of the stack: the only one from which CloudFront takes functions (LE-E-11). */
export const stackRegion = "us-east-1";

/** What a deploy asks of AWS itself; the CDK CLI asks the rest. */
export interface AwsClients {
  readonly sts: STSClient;
  readonly ssm: SSMClient;
  readonly cloudFormation: CloudFormationClient;
  readonly s3: S3Client;
  readonly cloudFront: CloudFrontClient;
  readonly keyValueStores: CloudFrontKeyValueStoreClient;
}

/** What each client is made of: it retries by itself. */
export const clientOptions = { region: stackRegion, maxAttempts: 5 };

/** Returns clients with the credentials that the CDK CLI finds too. */
export function awsClients(): AwsClients {
  return {
    sts: new STSClient(clientOptions),
    ssm: new SSMClient(clientOptions),
    cloudFormation: new CloudFormationClient(clientOptions),
    s3: new S3Client(clientOptions),
    cloudFront: new CloudFrontClient(clientOptions),
    keyValueStores: new CloudFrontKeyValueStoreClient(clientOptions),
  };
}
