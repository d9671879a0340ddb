import type { CloudFormationClient } from "@aws-sdk/client-cloudformation";
import { awsClients } from "../aws/aws-clients.ts";
import { describeStack } from "../aws/deployed-stack.ts";
import { identifyCaller, refuseWrongAccount } from "../aws/identify-caller.ts";
import { type StackResource, stackResources } from "../aws/stack-resources.ts";
import { type CdkTargetOptions, deployTarget } from "../deploy/deploy-target.ts";
import { progress } from "../deploy/progress.ts";
import { runCdk } from "../deploy/run-cdk.ts";
import { EdgeSiteError } from "../edge-site-error.ts";
import { retainedResources } from "./retained-resources.ts";

/**
 * Deletes a stage's stack as far as AWS lets it be deleted, and lists what stays.
 *
 * @throws {EdgeSiteError} `STACK_PROTECTED`, `REPLICAS_REMAIN` when functions have to wait, or `CDK_FAILED`.
 */
export async function destroy(options: CdkTargetOptions): Promise<void> {
  const { cdkArgs } = options;
  const { stage, assemblyFolder } = await deployTarget(options);
  const { stackName } = stage;
  const clients = awsClients();
  const caller = await identifyCaller(clients.sts);
  refuseWrongAccount(caller, stage);
  progress.step(`Stage ${stage.name}: stack ${stackName} in account ${caller.account}`);
  const stack = await describeStack(clients.cloudFormation, stackName);
  if (stack === undefined) {
    progress.detail("there is no such stack, and nothing to delete");
    return;
  }
  if (stack.EnableTerminationProtection === true) throw protectedStack(stackName, stage.name);
  const before = await stackResources(clients.cloudFormation, stackName);
  const retained = await retainedResources(stackName, before, clients.s3);
  try {
    await runCdk("destroy", cdkArgs, assemblyFolder);
  } catch (cause) {
    throw await replicasRemain(clients.cloudFormation, stackName, cause);
  } finally {
    if (retained.length > 0) progress.step("What stays");
    retained.forEach(progress.detail);
  }
}

function protectedStack(stackName: string, stageName: string): EdgeSiteError {
  return new EdgeSiteError(
    "STACK_PROTECTED",
    `Stack ${JSON.stringify(stackName)} is protected from being deleted, and nothing was: got terminationProtection of stages.${stageName}. Take it away first: aws cloudformation update-termination-protection --no-enable-termination-protection --region us-east-1 --stack-name ${stackName}`,
  );
}

/** AWS deletes no function whose replicas are still at the edge (LE-F-07, LE-F-17). */
async function replicasRemain(
  cloudFormation: CloudFormationClient,
  stackName: string,
  cause: unknown,
): Promise<unknown> {
  const stack = await describeStack(cloudFormation, stackName);
  if (stack?.StackStatus !== "DELETE_FAILED") return cause;
  const left = (await stackResources(cloudFormation, stackName)).filter(isLeft);
  const functions = left.filter(({ type }) => type === "AWS::Lambda::Function");
  if (functions.length === 0) return cause;
  return new EdgeSiteError(
    "REPLICAS_REMAIN",
    `The distribution is gone, but AWS still holds replicas of the functions at the edge and deletes none of them before: got ${functions.map(({ physicalId }) => physicalId).join(", ")}. They go a few hours after the distribution. Run the same command again then.`,
    { cause },
  );
}

function isLeft({ status }: StackResource): boolean {
  return status !== "DELETE_COMPLETE" && status !== "DELETE_SKIPPED";
}
