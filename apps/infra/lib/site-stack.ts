import { CfnOutput, Stack } from "aws-cdk-lib";
import type { Construct } from "constructs";
import { SpaSite, type SpaSiteProps } from "./spa-site.ts";

/** The stack of one site, in us-east-1: the only region from which CloudFront takes functions (LE-E-11). */
export class SiteStack extends Stack {
  constructor(scope: Construct, stackName: string, props: SpaSiteProps) {
    // The account is whichever the credentials of the deploy belong to.
    super(scope, stackName, { stackName, env: { region: "us-east-1" } });
    const { bucket, distribution } = new SpaSite(this, "Site", props);
    new CfnOutput(this, "DistributionUrl", { value: `https://${distribution.domainName}` });
    new CfnOutput(this, "DistributionId", { value: distribution.distributionId });
    new CfnOutput(this, "BucketName", { value: bucket.bucketName });
  }
}
