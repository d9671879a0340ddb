import { isDeepStrictEqual } from "node:util";
import type { AwsClients } from "../aws/aws-clients.ts";
import { openStage } from "../aws/open-stage.ts";
import { awaitDistribution } from "../deploy/await-distribution.ts";
import { deployAssembled, goLive } from "../deploy/deploy.ts";
import type { CdkTargetOptions } from "../deploy/deploy-target.ts";
import { progress } from "../deploy/progress.ts";
import { EdgeSiteError } from "../edge-site-error.ts";
import { synthesizedStack } from "../synth/synthesized-stack.ts";
import type { CanaryTarget } from "./canary-target.ts";
import {
  canaryStackName,
  type DeployedCanary,
  deployedCanary,
  describeTraffic,
} from "./deployed-canary.ts";
import { setPolicy } from "./primary-distribution.ts";
import { refuseFixedFields } from "./refuse-fixed-fields.ts";

/** Whether a canary is promoted or ended. */
export interface PromoteOptions extends Omit<CdkTargetOptions, "assembly"> {
  /** Whether the canary ends without being promoted. */
  readonly abort: boolean;
}

/**
 * Serves a canary to all viewers: deploys the stage as the canary was deployed, while part of the viewers still get the
 * canary, and then ends it. Or ends it at once. The canary's stack stays for the next one; nobody is served by it.
 *
 * @throws {EdgeSiteError} `NO_CANARY` when none is running, `CANARY_DIFFERS`, or as `deploy`
 */
export async function promote({ abort, cdkArgs, ...options }: PromoteOptions): Promise<void> {
  const { stage, clients } = await openStage(options);
  const { name, stackName } = stage;
  const canary = await deployedCanary(stackName, clients);
  if (canary?.isRunning !== true) {
    if (abort) {
      progress.detail(`no viewer gets a canary of stack ${stackName}`);
      return;
    }
    throw new EdgeSiteError(
      "NO_CANARY",
      `Stage ${JSON.stringify(name)} has no canary that could be promoted: no viewer gets stack ${canaryStackName(stackName)}. Begin with: npx edge-site deploy --canary 5 --stage ${name}`,
    );
  }
  if (!abort) {
    // It loads the CDK.
    const { canaryTarget } = await import("./canary-target.ts");
    const target = await canaryTarget(options, canary.traffic);
    refuseOther(target, canary);
    await refuseFixedFields(target.primary, clients);
    await deployAssembled(target.primary, cdkArgs, {
      live: (deployed) => goLive(target.primary, clients, deployed),
    });
  }
  await end(stackName, canary, clients);
}

/** Not what has been tried: whoever ran the canary had another commit, or other packages. */
function refuseOther(
  { primary: { stage }, canary: { assemblyFolder } }: CanaryTarget,
  canary: DeployedCanary,
): void {
  const { stackName, template } = canary;
  if (isDeepStrictEqual(synthesizedStack(assemblyFolder, stackName).template, template)) return;
  throw new EdgeSiteError(
    "CANARY_DIFFERS",
    `The site differs from the canary in stack ${stackName}, and nothing was changed. Check out and build what it was deployed with, or make this the canary: npx edge-site deploy --canary 5 --stage ${stage.name}`,
  );
}

async function end(
  stackName: string,
  { traffic, primaryId, stackName: canaryStack }: DeployedCanary,
  clients: AwsClients,
): Promise<void> {
  progress.step("Canary");
  await setPolicy(stackName, "", clients);
  const { cloudFront } = clients;
  await awaitDistribution({
    cloudFront,
    distributionId: primaryId,
    invalidationId: undefined,
    everySeconds: 5,
  });
  progress.detail(
    `ended: ${describeTraffic(traffic)} get what all others get. Stack ${canaryStack} stays for the next canary`,
  );
}
