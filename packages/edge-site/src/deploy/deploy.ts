import { setTimeout } from "node:timers/promises";
import type { Stack } from "@aws-sdk/client-cloudformation";
import { refuseWhileCanaryRuns } from "../canary/deployed-canary.ts";
import { describeLeftOut } from "../site/site-files.ts";
import { type AwsClients, awsClients } from "../aws/aws-clients.ts";
import { assembledRelease } from "../releases/assembled-release.ts";
import { awaitDistribution } from "./await-distribution.ts";
import { checkLiveSite, checkSiteLocally } from "./check-live-site.ts";
import { deployStack } from "./deploy-stack.ts";
import { type CdkTargetOptions, type DeployTarget, deployTarget } from "./deploy-target.ts";
import { keepStageLogs } from "./log-retention.ts";
import { prepareStack } from "./prepare-stack.ts";
import { progress } from "./progress.ts";
import { awsFailure } from "../aws/aws-error.ts";
import { updateStores } from "../key-values/update-stores.ts";
import { addPendingInvalidation } from "../publish/pending-invalidation.ts";
import { publicationOf } from "./publication.ts";
import { earlierBucketName, readStackOutputs, type StackOutputs } from "./read-stack-outputs.ts";

/** What has been deployed and published, and goes live. */
export interface DeployedTarget {
  readonly stack: Stack | undefined;
  readonly outputs: StackOutputs;
  readonly invalidationId: string | undefined;
}

/**
 * Deploys a stage's assembly, publishes the site's files, waits until they are live, asks the live site,
 * and prints its URL.
 *
 * @throws {EdgeSiteError} Whenever the deploy cannot be completed; run again, it goes on from there. `CANARY_RUNNING`
 *   while part of the viewers get a canary.
 */
export async function deploy(options: CdkTargetOptions): Promise<void> {
  const target = await deployTarget(options);
  await deployAssembled(target, options.cdkArgs, {
    refuse: (clients) => refuseWhileCanaryRuns(target.stage, clients),
    live: (deployed, clients) => goLive(target, clients, deployed),
  });
}

/** What is done around a deploy. */
export interface DeploySteps {
  /**
   * Before anything is changed.
   * @default - nothing is refused
   */
  refuse?(clients: AwsClients): Promise<void>;
  /** When all is deployed and published. */
  live(deployed: DeployedTarget, clients: AwsClients): Promise<void>;
}

/** Deploys and publishes an assembly that there is. */
export async function deployAssembled(
  target: DeployTarget,
  cdkArgs: readonly string[],
  steps: DeploySteps,
): Promise<void> {
  const { config, stage, assemblyFolder } = target;
  const assembled = assembledRelease(target);
  await checkSiteLocally(assemblyFolder, config.liveChecks);
  const clients = awsClients();
  const { stack: earlier, stalePaths } = await prepareStack(target, clients);
  await steps.refuse?.(clients);
  await noteStalePaths(stalePaths, clients, earlierBucketName(earlier));
  const publication = publicationOf({ ...assembled, clients, earlier, target, stalePaths });
  await publication.beforeStack();
  progress.step("Stack");
  const stack = await deployStack(target, clients, cdkArgs);
  const outputs = readStackOutputs(stack, stage.stackName);
  (await updateStores(target, stack, clients)).forEach(progress.detail);
  progress.step("Site");
  const { leftOut } = assembled.plan;
  if (leftOut.length > 0) progress.detail(`left out: ${describeLeftOut(leftOut)}`);
  const invalidationId = await publication.publish(outputs);
  await keepStageLogs(stage, clients.cloudFormation);
  await steps.live({ stack, outputs, invalidationId }, clients);
  await publication.cleanUp();
}

/** Before the stack changes: a run that is cut short after that sees no change any more. */
async function noteStalePaths(
  paths: readonly string[],
  { s3 }: AwsClients,
  bucketName: string | undefined,
): Promise<void> {
  if (paths.length === 0 || bucketName === undefined) return;
  try {
    await addPendingInvalidation({ s3, bucketName }, paths);
  } catch (cause) {
    throw awsFailure(
      `The paths to invalidate cannot be noted in bucket ${JSON.stringify(bucketName)}, and nothing is deployed`,
      cause,
    );
  }
}

/** Waits until a site is live at every edge location, asks it, and prints its URLs. */
export async function goLive(
  { config, stage }: DeployTarget,
  { cloudFront }: AwsClients,
  { outputs, invalidationId }: DeployedTarget,
): Promise<void> {
  const { DistributionId: distributionId, DistributionUrl: url } = outputs;
  progress.step("Distribution");
  await awaitDistribution({ cloudFront, distributionId, invalidationId, everySeconds: 5 });
  progress.detail("deployed at every edge location");
  await checkLiveSite(url, config.liveChecks, {
    attempts: 12,
    everySeconds: 5,
    sleep: (seconds) => setTimeout(seconds * 1000),
  });
  for (const { uri, status } of config.liveChecks)
    progress.detail(`${uri} responds with ${status}`);
  const urls = [...(stage.domain?.names.map((name) => `https://${name}`) ?? []), url];
  process.stdout.write(`\n${urls.join("\n")}\n`);
}
