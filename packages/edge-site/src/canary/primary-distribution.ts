import {
  type DistributionConfig,
  GetDistributionCommand,
  UpdateDistributionCommand,
} from "@aws-sdk/client-cloudfront";
import type { AwsClients } from "../aws/aws-clients.ts";
import { awsErrorName, awsFailure } from "../aws/aws-error.ts";
import { describeStack } from "../aws/deployed-stack.ts";
import { readStackOutputs, stackOutput, type StackOutputs } from "../deploy/read-stack-outputs.ts";

/** How often the distribution is read anew because it has changed meanwhile. */
const attempts = 3;

/** The distribution that viewers ask. */
export interface PrimaryDistribution extends StackOutputs {
  readonly config: DistributionConfig;
  readonly etag: string;
}

/** Returns the distribution of a stack; undefined where there is none yet. */
export async function primaryDistribution(
  stackName: string,
  { cloudFormation, cloudFront }: Pick<AwsClients, "cloudFormation" | "cloudFront">,
): Promise<PrimaryDistribution | undefined> {
  const stack = await describeStack(cloudFormation, stackName);
  if (stackOutput(stack, "DistributionId") === undefined) return undefined;
  const outputs = readStackOutputs(stack, stackName);
  try {
    const { Distribution, ETag: etag = "" } = await cloudFront.send(
      new GetDistributionCommand({ Id: outputs.DistributionId }),
    );
    const config = Distribution?.DistributionConfig;
    return config && { ...outputs, config, etag };
  } catch (cause) {
    throw awsFailure(`Distribution ${outputs.DistributionId} cannot be read`, cause);
  }
}

/**
 * Attaches a continuous deployment policy to the distribution of a stack, or detaches the one that it has. No template
 * names it, so that the stack has no drift, and an update of it leaves the policy where it is.
 *
 * @param policyId Empty to detach: CloudFront takes a policy that is left out for one that stays.
 * @throws {EdgeSiteError} as `awsFailure`
 */
export async function setPolicy(
  stackName: string,
  policyId: string,
  clients: Pick<AwsClients, "cloudFormation" | "cloudFront">,
): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const primary = await primaryDistribution(stackName, clients);
    if (primary === undefined) return;
    const { DistributionId: Id, config, etag: IfMatch } = primary;
    if ((config.ContinuousDeploymentPolicyId ?? "") === policyId) return;
    const DistributionConfig = { ...config, ContinuousDeploymentPolicyId: policyId };
    try {
      const update = new UpdateDistributionCommand({ Id, IfMatch, DistributionConfig });
      await clients.cloudFront.send(update);
      return;
    } catch (cause) {
      if (awsErrorName(cause) === "PreconditionFailed" && attempt < attempts) continue;
      const verb = policyId === "" ? "detached from" : "attached to";
      throw awsFailure(`The continuous deployment policy is not ${verb} distribution ${Id}`, cause);
    }
  }
}
