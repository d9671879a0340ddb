import { CfnOutput } from "aws-cdk-lib";
import {
  CfnContinuousDeploymentPolicy,
  CfnDistribution,
  type Distribution,
} from "aws-cdk-lib/aws-cloudfront";
import { Construct } from "constructs";
import type { CanaryConfig, CanaryTraffic } from "../config/stage-config.ts";
import { cfnResourceOf } from "./cfn-resource-of.ts";
import { canaryReleaseOutput, policyIdOutput } from "./output-names.ts";

/** Which distribution gets which requests. */
export interface StagingPolicyProps extends CanaryConfig {
  readonly distribution: Distribution;
}

/** In seconds: who looks at the site again within half an hour is served by the same distribution. */
const sessionStickinessConfig = { idleTtl: 1800, maximumTtl: 3600 };

/**
 * Makes a distribution a staging one, and the policy that sends requests of another to it. CloudFront takes the policy
 * at no distribution that it makes: `deploy --canary` attaches it.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/continuous-deployment.html
 */
export class StagingPolicy extends Construct {
  constructor(scope: Construct, id: string, props: StagingPolicyProps) {
    super(scope, id);
    const { distribution, traffic, release } = props;
    const resource = cfnResourceOf(distribution, CfnDistribution);
    resource.addPropertyOverride("DistributionConfig.Staging", true);
    // Viewers never ask it by a name; all else is as in the distribution that they ask.
    resource.addPropertyDeletionOverride("DistributionConfig.Aliases");
    const policy = new CfnContinuousDeploymentPolicy(this, "Policy", {
      continuousDeploymentPolicyConfig: {
        enabled: true,
        stagingDistributionDnsNames: [distribution.domainName],
        trafficConfig: trafficConfig(traffic),
      },
    });
    new CfnOutput(this, "PolicyId", { value: policy.ref }).overrideLogicalId(policyIdOutput);
    new CfnOutput(this, "Release", { value: release }).overrideLogicalId(canaryReleaseOutput);
  }
}

function trafficConfig(
  traffic: CanaryTraffic,
): CfnContinuousDeploymentPolicy.TrafficConfigProperty {
  if ("header" in traffic) return { type: "SingleHeader", singleHeaderConfig: traffic };
  const singleWeightConfig = { weight: traffic.percent / 100, sessionStickinessConfig };
  return { type: "SingleWeight", singleWeightConfig };
}
