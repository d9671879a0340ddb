import type { CloudFormationClient } from "@aws-sdk/client-cloudformation";
import type { STSClient } from "@aws-sdk/client-sts";
import type { JsonObject } from "cloud-assembly";
import { loadEdgeConfig } from "../config/load-edge-config.ts";
import type { ResolvedStageConfig } from "../config/stage-config.ts";
import { stageOf } from "../config/stage-of.ts";
import { EdgeSiteError } from "../edge-site-error.ts";
import { awsFailure } from "./aws-error.ts";
import { deployedTemplate } from "./deployed-stack.ts";
import { identifyCaller, refuseWrongAccount } from "./identify-caller.ts";
import { type StackResource, stackResources } from "./stack-resources.ts";

/** A stage as it is deployed. */
export interface DeployedSite {
  readonly stage: ResolvedStageConfig;
  readonly template: JsonObject;
  readonly resources: readonly StackResource[];
}

/**
 * Returns what is deployed of a stage.
 *
 * @param stageName Undefined for the first.
 * @throws {EdgeSiteError} `UNKNOWN_STAGE`, `NOT_DEPLOYED`, `WRONG_ACCOUNT` or as `awsFailure`
 */
export async function deployedSite(
  configFile: string,
  stageName: string | undefined,
  {
    sts,
    cloudFormation,
  }: { readonly sts: STSClient; readonly cloudFormation: CloudFormationClient },
): Promise<DeployedSite> {
  const stage = stageOf(await loadEdgeConfig(configFile), stageName);
  const { name, stackName } = stage;
  refuseWrongAccount(await identifyCaller(sts), stage);
  const template = await deployedTemplate(cloudFormation, stackName);
  if (template === undefined) {
    throw new EdgeSiteError(
      "NOT_DEPLOYED",
      `Stage ${JSON.stringify(name)} is not deployed: there is no stack ${stackName}. Deploy it first.`,
    );
  }
  const resources = await stackResources(cloudFormation, stackName).catch((cause: unknown) => {
    throw awsFailure(`The resources of stack ${stackName} cannot be listed`, cause);
  });
  return { stage, template, resources };
}
