import type { JsonObject } from "cloud-assembly";
import { type AwsClients, awsClients } from "../aws/aws-clients.ts";
import { deployedTemplate, describeStack } from "../aws/deployed-stack.ts";
import { identifyCaller, refuseWrongAccount } from "../aws/identify-caller.ts";
import type { ResolvedEdgeConfig } from "../config/edge-config.ts";
import { loadEdgeConfig } from "../config/load-edge-config.ts";
import type { ResolvedStageConfig } from "../config/stage-config.ts";
import { stageOf } from "../config/stage-of.ts";
import { releaseStoreOutput } from "../constructs/output-names.ts";
import { readStackOutputs, stackOutput } from "../deploy/read-stack-outputs.ts";
import { EdgeSiteError } from "../edge-site-error.ts";
import type { SwitchTarget } from "./switch-release.ts";

/** Which stage's releases. */
export interface ReleasesOptions {
  /** Absolute path of edge.config.ts. */
  readonly configFile: string;
  /** @default - the first stage */
  readonly stage?: string | undefined;
}

/** The releases of a stage as it is deployed. */
export interface DeployedReleases {
  readonly config: ResolvedEdgeConfig;
  readonly stage: ResolvedStageConfig;
  readonly clients: AwsClients;
  readonly template: JsonObject;
  readonly target: SwitchTarget;
  /** As in `https://d111111abcdef8.cloudfront.net`. */
  readonly url: string;
}

/**
 * Returns where the releases of a deployed stage are.
 *
 * @throws {EdgeSiteError} `UNKNOWN_STAGE`, `WRONG_ACCOUNT`, `NOT_DEPLOYED`, `NO_RELEASES` or as `awsFailure`
 */
export async function deployedReleases({
  configFile,
  stage: stageName,
}: ReleasesOptions): Promise<DeployedReleases> {
  const config = await loadEdgeConfig(configFile);
  const stage = stageOf(config, stageName);
  const clients = awsClients();
  refuseWrongAccount(await identifyCaller(clients.sts), stage);
  const { name, stackName } = stage;
  const stack = await describeStack(clients.cloudFormation, stackName);
  const template = await deployedTemplate(clients.cloudFormation, stackName);
  if (stack === undefined || template === undefined) {
    throw new EdgeSiteError(
      "NOT_DEPLOYED",
      `Stage ${JSON.stringify(name)} is not deployed: there is no stack ${stackName}. Run: npx edge-site deploy --stage ${name}`,
    );
  }
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
    clients,
    template,
    url: DistributionUrl,
    target: { ...clients, bucketName: BucketName, distributionId: DistributionId, storeArn },
  };
}
