import type { JsonObject } from "cloud-assembly";
import type { StageOptions } from "../config/stage-of.ts";
import { awsFailure } from "./aws-error.ts";
import { deployedTemplate } from "./deployed-stack.ts";
import { notDeployed, type OpenStage, openStage } from "./open-stage.ts";
import { type StackResource, stackResources } from "./stack-resources.ts";

/** A stage as it is deployed. */
export interface DeployedSite extends Pick<OpenStage, "stage" | "clients"> {
  readonly template: JsonObject;
  readonly resources: readonly StackResource[];
}

/**
 * Returns what is deployed of a stage.
 *
 * @throws {EdgeSiteError} `NOT_DEPLOYED`, or as `openStage` and `awsFailure`
 */
export async function deployedSite(options: StageOptions): Promise<DeployedSite> {
  const { stage, clients } = await openStage(options);
  const { stackName } = stage;
  const { cloudFormation } = clients;
  const template = await deployedTemplate(cloudFormation, stackName);
  if (template === undefined) throw notDeployed(stage);
  const resources = await stackResources(cloudFormation, stackName).catch((cause: unknown) => {
    throw awsFailure(`The resources of stack ${stackName} cannot be listed`, cause);
  });
  return { stage, clients, template, resources };
}
