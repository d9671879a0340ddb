import { type DistributionConfig, GetDistributionCommand } from "@aws-sdk/client-cloudfront";
import { type JsonObject, objectAt } from "cloud-assembly";
import type { AwsClients } from "../aws/aws-clients.ts";
import { awsFailure } from "../aws/aws-error.ts";
import { deployedTemplate, describeStack } from "../aws/deployed-stack.ts";
import type { CanaryTraffic, ResolvedStageConfig } from "../config/stage-config.ts";
import { readStackOutputs, stackOutput, type StackOutputs } from "../deploy/read-stack-outputs.ts";
import { EdgeSiteError } from "../edge-site-error.ts";
import { policyIdOutput } from "./canary-outputs.ts";
import { deployedTraffic, describeTraffic } from "./deployed-traffic.ts";

/** Returns the name of the stack of a stage's canary. */
export function canaryStackName(stackName: string): string {
  return `${stackName}-canary`;
}

/** Whether a template is a canary's: a stage may have a stack of the same name. */
export function isCanary(template: JsonObject | undefined): boolean {
  return Object.values(objectAt(template, "Resources")).some(
    (resource) => objectAt(resource)["Type"] === "AWS::CloudFront::ContinuousDeploymentPolicy",
  );
}

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

/** A canary as it is deployed. */
export interface DeployedCanary {
  readonly stackName: string;
  readonly template: JsonObject;
  readonly policyId: string;
  readonly traffic: CanaryTraffic;
  /** Whether viewers get it: its policy is attached to the distribution that they ask. */
  readonly isRunning: boolean;
  /** Of that distribution. */
  readonly primaryId: string;
}

/** Returns the canary of a stack; undefined where there is none. */
export async function deployedCanary(
  primaryStackName: string,
  clients: Pick<AwsClients, "cloudFormation" | "cloudFront">,
): Promise<DeployedCanary | undefined> {
  const stackName = canaryStackName(primaryStackName);
  const stack = await describeStack(clients.cloudFormation, stackName);
  const policyId = stackOutput(stack, policyIdOutput);
  const template = stack && (await deployedTemplate(clients.cloudFormation, stackName));
  const primary = stack && (await primaryDistribution(primaryStackName, clients));
  if (policyId === undefined || template === undefined || primary === undefined) return undefined;
  return {
    stackName,
    template,
    policyId,
    traffic: deployedTraffic(template),
    isRunning: primary.config.ContinuousDeploymentPolicyId === policyId,
    primaryId: primary.DistributionId,
  };
}

/**
 * @throws {EdgeSiteError} `CANARY_RUNNING` where part of the viewers get a canary: what is deployed then would be
 *   changed under those who compare the two.
 */
export async function refuseWhileCanaryRuns(
  { name, stackName }: Pick<ResolvedStageConfig, "name" | "stackName">,
  clients: Pick<AwsClients, "cloudFormation" | "cloudFront">,
): Promise<void> {
  const canary = await deployedCanary(stackName, clients);
  if (canary?.isRunning !== true) return;
  throw new EdgeSiteError(
    "CANARY_RUNNING",
    `A canary of stack ${stackName} is running, and nothing was changed: ${describeTraffic(canary.traffic)} get stack ${canary.stackName}. Make it what all get: npx edge-site promote --stage ${name}. Or end it: npx edge-site promote --abort --stage ${name}`,
  );
}
