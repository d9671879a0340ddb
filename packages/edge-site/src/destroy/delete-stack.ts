import type { Stack } from "@aws-sdk/client-cloudformation";
import type { AwsClients } from "../aws/aws-clients.ts";
import { describeStack } from "../aws/deployed-stack.ts";
import { type StackResource, stackResources } from "../aws/stack-resources.ts";
import type { ResolvedStageConfig } from "../config/stage-config.ts";
import { runCdk } from "../deploy/run-cdk.ts";
import { EdgeSiteError } from "../edge-site-error.ts";

/** What has become of a stack. */
export interface StackDeletion {
  /** Whether there is none any more: who was asked may have said no. */
  readonly isGone: boolean;
  /** The names of functions that AWS does not delete before their replicas are gone (LE-F-07, LE-F-17). */
  readonly waiting: readonly string[];
}

/**
 * Lets the CDK CLI delete a stack as far as AWS lets it be deleted.
 *
 * @throws {EdgeSiteError} `CDK_FAILED`
 */
export async function deleteStack(
  stack: Stack,
  stackName: string,
  { cloudFormation }: Pick<AwsClients, "cloudFormation">,
  cdkArgs: readonly string[],
  assemblyFolder: string,
): Promise<StackDeletion> {
  try {
    await runCdk("destroy", cdkArgs, assemblyFolder);
  } catch (cause) {
    const left = await describeStack(cloudFormation, stackName);
    if (left?.StackStatus !== "DELETE_FAILED" || isAsBefore(stack, left)) throw cause;
    const waiting = (await stackResources(cloudFormation, stackName)).filter(isWaiting);
    if (waiting.length === 0) throw cause;
    return { isGone: false, waiting: waiting.map(({ physicalId }) => physicalId) };
  }
  return {
    isGone: (await describeStack(cloudFormation, stackName)) === undefined,
    waiting: [],
  };
}

/** Whether the CDK CLI has not come as far as to ask CloudFormation: what failed is an earlier run. */
function isAsBefore({ DeletionTime: before }: Stack, { DeletionTime: after }: Stack): boolean {
  return before !== undefined && before.getTime() === after?.getTime();
}

function isWaiting({ type, status }: StackResource): boolean {
  const isLeft = status !== "DELETE_COMPLETE" && status !== "DELETE_SKIPPED";
  return isLeft && type === "AWS::Lambda::Function";
}

/** @throws {EdgeSiteError} `STACK_PROTECTED` */
export function refuseProtected(
  stack: Stack | undefined,
  { stackName, name }: ResolvedStageConfig,
): void {
  if (stack?.EnableTerminationProtection !== true) return;
  throw new EdgeSiteError(
    "STACK_PROTECTED",
    `Stack ${JSON.stringify(stackName)} is protected from being deleted, and nothing was: got terminationProtection of stages.${name}. Take it away first: aws cloudformation update-termination-protection --no-enable-termination-protection --region us-east-1 --stack-name ${stackName}`,
  );
}
