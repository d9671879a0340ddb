import { CfnOutput, Stack } from "aws-cdk-lib";
import type { Construct } from "constructs";
import { releaseStoreOutput } from "./output-names.ts";
import { StagingPolicy } from "./staging-policy.ts";
import { SpaSite, type SpaSiteProps } from "./spa-site.ts";

/** The stack of one site, in us-east-1: the only region from which CloudFront takes functions (LE-E-11). */
export class SiteStack extends Stack {
  constructor(scope: Construct, stackName: string, props: SpaSiteProps) {
    const { account, terminationProtection } = props.stage;
    super(scope, stackName, {
      stackName,
      // Without an account it is whichever the credentials of the deploy belong to.
      env: { account, region: "us-east-1" },
      terminationProtection,
    });
    const { bucket, distribution, releaseStore } = new SpaSite(this, "Site", props);
    new CfnOutput(this, "DistributionUrl", { value: `https://${distribution.domainName}` });
    new CfnOutput(this, "DistributionId", { value: distribution.distributionId });
    new CfnOutput(this, "BucketName", { value: bucket.bucketName });
    const { canary } = props.stage;
    if (canary !== undefined) new StagingPolicy(this, "Canary", { ...canary, distribution });
    if (releaseStore === undefined) return;
    new CfnOutput(this, releaseStoreOutput, { value: releaseStore.keyValueStoreArn });
  }
}
