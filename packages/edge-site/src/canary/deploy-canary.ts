import { objectAt } from "cloud-assembly";
import { awsClients, type AwsClients } from "../aws/aws-clients.ts";
import { deployedTemplate, describeStack } from "../aws/deployed-stack.ts";
import { identifyCallerFor } from "../aws/identify-caller.ts";
import type { CanaryTraffic, ResolvedStageConfig } from "../config/stage-config.ts";
import { policyIdOutput } from "../constructs/output-names.ts";
import { awaitDistribution } from "../deploy/await-distribution.ts";
import { deployAssembled } from "../deploy/deploy.ts";
import type { CdkTargetOptions } from "../deploy/deploy-target.ts";
import { progress } from "../deploy/progress.ts";
import { requiredOutput, stackOutput } from "../deploy/read-stack-outputs.ts";
import { EdgeSiteError } from "../edge-site-error.ts";
import { canaryTarget } from "./canary-target.ts";
import { describeTraffic, isCanary } from "./deployed-canary.ts";
import {
  type PrimaryDistribution,
  primaryDistribution,
  setPolicy,
} from "./primary-distribution.ts";
import { refuseFixedFields } from "./refuse-fixed-fields.ts";
import { shareAssets } from "./share-assets.ts";

/** What part of the viewers get. */
export interface CanaryOptions extends CdkTargetOptions {
  readonly traffic: CanaryTraffic;
}

/**
 * Deploys what there is as a canary: a stack of its own, whose staging distribution gets part of the viewers of the
 * stage. Run again, it changes the canary, or how many get it.
 *
 * @throws {EdgeSiteError} `NO_CANARY` where there can be none, `NOT_DEPLOYED`, or as `deploy`
 */
export async function deployCanary({ traffic, ...options }: CanaryOptions): Promise<void> {
  if (options.assembly !== undefined) {
    throw new EdgeSiteError(
      "INVALID_ARGUMENT",
      `A canary is a stack of its own, which no assembly has that was synthesized before: got --assembly ${JSON.stringify(options.assembly)}. Leave it out.`,
    );
  }
  const { primary, canary, plan } = await canaryTarget(options, traffic);
  const { stage } = primary;
  const clients = awsClients();
  await identifyCallerFor(stage, clients);
  await refuseOtherStack(canary.stage.stackName, clients);
  const deployed = await deployedPrimary(stage, clients);
  refuseOtherPolicy(deployed, await canaryPolicyId(canary.stage.stackName, clients));
  await refuseFixedFields(primary, clients);
  await deployAssembled(canary, options.cdkArgs, {
    live: async ({ stack, outputs, invalidationId }) => {
      const buckets = [deployed.BucketName, outputs.BucketName] as const;
      const count = await shareAssets(plan, buckets, clients.s3);
      if (count > 0) progress.detail(`${count} hashed assets copied, for tabs that are open`);
      progress.step("Distribution");
      await awaitDeployed(outputs.DistributionId, clients, invalidationId);
      const policyId = requiredOutput(stack, canary.stage.stackName, policyIdOutput);
      await setPolicy(stage.stackName, policyId, clients);
      await awaitDeployed(deployed.DistributionId, clients);
      progress.detail(`${describeTraffic(traffic)} get it: npx edge-site status`);
      progress.detail(`Promote it with: npx edge-site promote --stage ${stage.name}`);
      progress.detail(`End it with: npx edge-site promote --abort --stage ${stage.name}`);
    },
  });
}

function awaitDeployed(
  distributionId: string,
  { cloudFront }: AwsClients,
  invalidationId?: string,
): Promise<void> {
  return awaitDistribution({ cloudFront, distributionId, invalidationId, everySeconds: 5 });
}

/** A canary would take the place of whatever else has its name. */
async function refuseOtherStack(stackName: string, { cloudFormation }: AwsClients): Promise<void> {
  const template = await deployedTemplate(cloudFormation, stackName);
  if (isCanary(template) || Object.keys(objectAt(template, "Resources")).length === 0) return;
  throw new EdgeSiteError(
    "NO_CANARY",
    `The canary would be stack ${stackName}, and another stack has that name. Give the stage another stackName, or delete that stack.`,
  );
}

async function deployedPrimary(
  { name, stackName }: ResolvedStageConfig,
  clients: AwsClients,
): Promise<PrimaryDistribution> {
  const deployed = await primaryDistribution(stackName, clients);
  if (deployed === undefined) {
    throw new EdgeSiteError(
      "NOT_DEPLOYED",
      `Stage ${JSON.stringify(name)} has no viewers that could get a canary: there is no stack ${stackName}. Deploy it without --canary first.`,
    );
  }
  const { HttpVersion } = deployed.config;
  if (HttpVersion === "http2" || HttpVersion === "http1.1") return deployed;
  throw new EdgeSiteError(
    "NO_CANARY",
    `CloudFront has no staging distributions for what serves HTTP/3: got HttpVersion ${HttpVersion} of distribution ${deployed.DistributionId}. Deploy once without --canary, which takes it away.`,
  );
}

async function canaryPolicyId(
  stackName: string,
  { cloudFormation }: AwsClients,
): Promise<string | undefined> {
  return stackOutput(await describeStack(cloudFormation, stackName), policyIdOutput);
}

/** Of somebody who has made a staging distribution by hand. */
function refuseOtherPolicy(
  { config, DistributionId }: PrimaryDistribution,
  ownPolicyId: string | undefined,
): void {
  const { ContinuousDeploymentPolicyId: policyId = "" } = config;
  if (policyId === "" || policyId === ownPolicyId) return;
  throw new EdgeSiteError(
    "NO_CANARY",
    `Distribution ${DistributionId} has a continuous deployment policy that is not of edge-site: got ${policyId}. Remove it first: https://console.aws.amazon.com/cloudfront/v4/home#/distributions/${DistributionId}`,
  );
}
