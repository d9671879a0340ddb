import type { Stack } from "@aws-sdk/client-cloudformation";
import type { AwsClients } from "../aws/aws-clients.ts";
import { describeStack } from "../aws/deployed-stack.ts";
import { EdgeSiteError } from "../edge-site-error.ts";
import type { DeployTarget } from "./deploy-target.ts";
import { runCdk } from "./run-cdk.ts";

/**
 * Lets the CDK CLI deploy the assembly.
 *
 * @returns The stack as it is then.
 * @throws {EdgeSiteError} `CDK_FAILED`, with the state that the stack is left in.
 */
export async function deployStack(
  { stage, assemblyFolder }: DeployTarget,
  { cloudFormation }: AwsClients,
  cdkArgs: readonly string[],
): Promise<Stack | undefined> {
  // Who runs this command has decided; what would change is there to see with "edge-site diff".
  const approval = cdkArgs.includes("--require-approval") ? [] : ["--require-approval", "never"];
  try {
    await runCdk("deploy", [...approval, ...cdkArgs], assemblyFolder);
  } catch (cause) {
    const stack = await describeStack(cloudFormation, stage.stackName).catch(() => undefined);
    throw withState(cause, stage.stackName, stack);
  }
  return describeStack(cloudFormation, stage.stackName);
}

function withState(cause: unknown, stackName: string, stack: Stack | undefined): unknown {
  const { StackStatus: status = "" } = stack ?? {};
  const consequence = consequences[status];
  if (!(cause instanceof EdgeSiteError) || consequence === undefined) return cause;
  return new EdgeSiteError(
    "CDK_FAILED",
    `${cause.message} Stack ${JSON.stringify(stackName)} is in ${status}: ${consequence(stackName)}`,
    { cause },
  );
}

const consequences: Readonly<Record<string, (stackName: string) => string>> = {
  UPDATE_ROLLBACK_COMPLETE: () =>
    "CloudFormation has rolled back to the earlier deploy, and the site runs as before. Fix the cause and deploy again.",
  ROLLBACK_COMPLETE: () =>
    "CloudFormation has deleted all that it had created. Fix the cause and deploy again: the empty stack is replaced.",
  UPDATE_ROLLBACK_FAILED: (stackName) =>
    `CloudFormation could not roll back by itself. Run: aws cloudformation continue-update-rollback --region us-east-1 --stack-name ${stackName}`,
};
