import "./resolve-account-endpoints.ts";
import { ACMClient } from "@aws-sdk/client-acm";
import { CloudFormationClient } from "@aws-sdk/client-cloudformation";
import { CloudFrontClient } from "@aws-sdk/client-cloudfront";
import { CloudFrontKeyValueStoreClient } from "@aws-sdk/client-cloudfront-keyvaluestore";
import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { IAMClient } from "@aws-sdk/client-iam";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { S3Client } from "@aws-sdk/client-s3";
import { SSMClient } from "@aws-sdk/client-ssm";
import { STSClient } from "@aws-sdk/client-sts";

/** Clients that ask the test double and try once. */
export function testDoubleClients(url: string) {
  const options = {
    endpoint: url,
    region: "us-east-1",
    maxAttempts: 1,
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
  };
  return {
    sts: new STSClient(options),
    ssm: new SSMClient(options),
    cloudFormation: new CloudFormationClient(options),
    s3: new S3Client({ ...options, forcePathStyle: true }),
    cloudFront: new CloudFrontClient(options),
    // Its endpoint is the account's: see resolve-account-endpoints.ts.
    keyValueStores: new CloudFrontKeyValueStoreClient({
      ...options,
      endpoint: url.replace("127.0.0.1", "localhost"),
    }),
    acm: new ACMClient(options),
    iam: new IAMClient(options),
    lambda: new LambdaClient(options),
    logsIn: (region: string) => new CloudWatchLogsClient({ ...options, region }),
  };
}
