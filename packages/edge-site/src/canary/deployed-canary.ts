import { type JsonObject, objectAt } from "cloud-assembly";
import type { AwsClients } from "../aws/aws-clients.ts";
import { deployedTemplate, describeStack } from "../aws/deployed-stack.ts";
import { templateResources } from "../aws/template-resources.ts";
import type { CanaryTraffic, ResolvedStageConfig } from "../config/stage-config.ts";
import { policyIdOutput } from "../constructs/output-names.ts";
import { stackOutput } from "../deploy/read-stack-outputs.ts";
import { EdgeSiteError } from "../edge-site-error.ts";
import { primaryDistribution } from "./primary-distribution.ts";

const policyType = "AWS::CloudFront::ContinuousDeploymentPolicy";

/** Returns the name of the stack of a stage's canary. */
export function canaryStackName(stackName: string): string {
  return `${stackName}-canary`;
}

/** Whether a template is a canary's: a stage may have a stack of the same name. */
export function isCanary(template: JsonObject | undefined): boolean {
  return templateResources(template, policyType).length > 0;
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
    `A canary of stack ${stackName} is running, and nothing was changed: ${describeTraffic(canary.traffic)} get stack ${canary.stackName}. Promote it: npx edge-site promote --stage ${name}. Or end it: npx edge-site promote --abort --stage ${name}`,
  );
}

/** Returns the traffic of a deployed canary. */
export function deployedTraffic(template: JsonObject): CanaryTraffic {
  const [policy] = templateResources(template, policyType);
  const config = objectAt(policy?.properties, "ContinuousDeploymentPolicyConfig", "TrafficConfig");
  const { Header, Value } = objectAt(config, "SingleHeaderConfig");
  if (Header !== undefined) return { header: String(Header), value: String(Value) };
  const { Weight } = objectAt(config, "SingleWeightConfig");
  return { percent: Math.round(Number(Weight) * 10_000) / 100 };
}

/** As in `5 % of the viewers`. */
export function describeTraffic(traffic: CanaryTraffic): string {
  return "percent" in traffic
    ? `${traffic.percent} % of the viewers`
    : `who sends ${traffic.header}: ${traffic.value}`;
}
