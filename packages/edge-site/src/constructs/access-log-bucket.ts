import { Duration } from "aws-cdk-lib";
import { ObjectOwnership } from "aws-cdk-lib/aws-s3";
import type { Construct } from "constructs";
import { acknowledgeRules } from "./acknowledge-rules.ts";
import type { AccessLogsConfig } from "../config/stage-config.ts";
import { PrivateBucket } from "./private-bucket.ts";

/** The bucket of a distribution's access logs. */
export class AccessLogBucket extends PrivateBucket {
  constructor(scope: Construct, id: string, { retentionDays }: AccessLogsConfig) {
    super(scope, id, {
      // CloudFront hands its log files over by an access control list.
      // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logging-legacy-s3.html
      objectOwnership: ObjectOwnership.BUCKET_OWNER_PREFERRED,
      lifecycleRules: [{ expiration: Duration.days(retentionDays) }],
    });
    acknowledgeRules(this, {
      "AwsSolutions::AwsSolutions-S1": "Logs of the bucket of the logs would be written for ever.",
    });
  }
}
