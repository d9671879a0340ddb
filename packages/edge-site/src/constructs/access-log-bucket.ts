import { Duration, RemovalPolicy } from "aws-cdk-lib";
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from "aws-cdk-lib/aws-s3";
import type { Construct } from "constructs";
import { acknowledgeRules } from "./acknowledge-rules.ts";
import type { AccessLogsConfig } from "../config/stage-config.ts";

/** The private bucket of a distribution's access logs. It outlives its stack, as the logs have to. */
export class AccessLogBucket extends Bucket {
  constructor(scope: Construct, id: string, { retentionDays }: AccessLogsConfig) {
    super(scope, id, {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      encryption: BucketEncryption.S3_MANAGED,
      // CloudFront hands its log files over by an access control list.
      // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logging-legacy-s3.html
      objectOwnership: ObjectOwnership.BUCKET_OWNER_PREFERRED,
      removalPolicy: RemovalPolicy.RETAIN,
      lifecycleRules: [{ expiration: Duration.days(retentionDays) }],
    });
    acknowledgeRules(this, {
      "AwsSolutions::AwsSolutions-S1": "Logs of the bucket of the logs would be written for ever.",
    });
  }
}
