import { setTimeout } from "node:timers/promises";
import type { Stack } from "@aws-sdk/client-cloudformation";
import type { AwsClients } from "../aws/aws-clients.ts";
import { deployedTemplate } from "../aws/deployed-stack.ts";
import { identifyCallerFor } from "../aws/identify-caller.ts";
import { refuseMissingBootstrap } from "../aws/refuse-missing-bootstrap.ts";
import { settleStack } from "../aws/settle-stack.ts";
import { pendingStores } from "../key-values/update-stores.ts";
import { synthesizedStack } from "../synth/synthesized-stack.ts";
import type { DeployTarget } from "./deploy-target.ts";
import { describeFunctionChanges, functionChanges } from "./function-changes.ts";
import { progress } from "./progress.ts";
import { stalePaths } from "./stale-paths.ts";

/** A stack that can be deployed. */
export interface PreparedStack {
  /** As it is; nothing when there is none yet. */
  readonly stack: Stack | undefined;
  /** URL paths whose cached responses are those of functions that the deploy changes. */
  readonly stalePaths: readonly string[];
}

/**
 * Asks AWS whether the stage can be deployed, and shows what happens to its functions and key value stores. It
 * changes nothing.
 *
 * @throws {EdgeSiteError} With the command that helps.
 */
export async function prepareStack(
  target: DeployTarget,
  clients: AwsClients,
): Promise<PreparedStack> {
  const { stage, assemblyFolder } = target;
  const { ssm, cloudFormation } = clients;
  const { stackName } = stage;
  const caller = await identifyCallerFor(stage, clients);
  progress.step(`Stage ${stage.name}: stack ${stackName} in account ${caller.account}`);
  await refuseMissingBootstrap(ssm, caller.account);
  const stack = await settleStack(cloudFormation, stackName, {
    everySeconds: 5,
    sleep: (seconds) => setTimeout(seconds * 1000),
    say: progress.detail,
  });
  const deployed = await deployedTemplate(cloudFormation, stackName);
  const { template } = synthesizedStack(assemblyFolder, stackName);
  describeFunctionChanges(functionChanges(deployed, template)).forEach(progress.detail);
  (await pendingStores(target, stack, clients)).forEach(progress.detail);
  const paths = stalePaths(deployed, template);
  if (paths.length > 0) {
    progress.detail(
      `${paths.join(", ")} is invalidated: responses of changed origin functions are cached`,
    );
  }
  return { stack, stalePaths: paths };
}
