import type { JsonObject } from "cloud-assembly";
import { deployedTemplate, describeStack } from "../aws/deployed-stack.ts";
import { notDeployed, type OpenStage, openStage } from "../aws/open-stage.ts";
import type { StageOptions } from "../config/stage-of.ts";
import { releaseStoreOutput } from "../constructs/output-names.ts";
import { readStackOutputs, stackOutput } from "../deploy/read-stack-outputs.ts";
import { EdgeSiteError } from "../edge-site-error.ts";
import type { SwitchTarget } from "./switch-release.ts";

/** The releases of a stage as it is deployed. */
export interface DeployedReleases extends Pick<OpenStage, "config" | "stage"> {
  readonly template: JsonObject;
  readonly target: SwitchTarget;
  /** As in `https://d111111abcdef8.cloudfront.net`. */
  readonly url: string;
}

/**
 * Returns where the releases of a deployed stage are.
 *
 * @throws {EdgeSiteError} `NOT_DEPLOYED`, `NO_RELEASES`, or as `openStage` and `awsFailure`
 */
export async function deployedReleases(options: StageOptions): Promise<DeployedReleases> {
  const { config, stage, clients } = await openStage(options);
  const { name, stackName } = stage;
  const stack = await describeStack(clients.cloudFormation, stackName);
  const template = await deployedTemplate(clients.cloudFormation, stackName);
  if (stack === undefined || template === undefined) throw notDeployed(stage);
  const storeArn = stackOutput(stack, releaseStoreOutput);
  if (storeArn === undefined) {
    throw new EdgeSiteError(
      "NO_RELEASES",
      `Stage ${JSON.stringify(name)} is deployed without releases: got no output ${releaseStoreOutput} of stack ${stackName}. Set releases to true in edge.config.ts and deploy, or read there why it cannot have them: npx edge-site synth`,
    );
  }
  const { DistributionId, DistributionUrl, BucketName } = readStackOutputs(stack, stackName);
  return {
    config,
    stage,
    template,
    url: DistributionUrl,
    target: { ...clients, bucketName: BucketName, distributionId: DistributionId, storeArn },
  };
}
