import { setTimeout } from "node:timers/promises";
import type { Stack } from "@aws-sdk/client-cloudformation";
import type { AwsClients } from "../aws/aws-clients.ts";
import { deployedTemplate } from "../aws/deployed-stack.ts";
import { identifyCaller, refuseWrongAccount } from "../aws/identify-caller.ts";
import { refuseMissingBootstrap } from "../aws/refuse-missing-bootstrap.ts";
import { settleStack } from "../aws/settle-stack.ts";
import { synthesizedStack } from "../synth/synthesized-stack.ts";
import type { DeployTarget } from "./deploy-target.ts";
import { describeFunctionChanges } from "./describe-function-changes.ts";
import { functionChanges } from "./function-changes.ts";
import { progress } from "./progress.ts";

/**
 * Asks AWS whether the stage can be deployed, and shows what happens to its functions. It changes
 * nothing.
 *
 * @returns The stack as it is; nothing when there is none yet.
 * @throws {InfraError} With the command that helps.
 */
export async function prepareStack(
  { stage, assemblyFolder }: DeployTarget,
  { sts, ssm, cloudFormation }: AwsClients,
): Promise<Stack | undefined> {
  const { stackName } = stage;
  const caller = await identifyCaller(sts);
  refuseWrongAccount(caller, stage);
  progress.step(`Stage ${stage.name}: stack ${stackName} in account ${caller.account}`);
  await refuseMissingBootstrap(ssm, caller.account);
  const stack = await settleStack(cloudFormation, stackName, {
    everySeconds: 5,
    sleep: (seconds) => setTimeout(seconds * 1000),
    say: progress.detail,
  });
  const deployed = await deployedTemplate(cloudFormation, stackName);
  const changes = functionChanges(deployed, synthesizedStack(assemblyFolder, stackName).template);
  describeFunctionChanges(changes).forEach(progress.detail);
  return stack;
}
