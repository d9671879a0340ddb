import { awsFailure } from "../aws/aws-error.ts";
import { type DeployedSite, deployedSite } from "../aws/deployed-site.ts";
import { stackResources } from "../aws/stack-resources.ts";
import { deployedCanary, describeTraffic } from "../canary/deployed-canary.ts";
import { clock } from "../clock.ts";
import type { CanaryTraffic } from "../config/stage-config.ts";
import type { StageOptions } from "../config/stage-of.ts";
import { describeStatus } from "./describe-status.ts";
import type { TimeRange } from "./metrics.ts";
import { type SiteStatus, siteStatus } from "./site-status.ts";

/** Of what the status is printed, and how. */
export interface StatusOptions extends StageOptions {
  readonly sinceMs: number;
  /** Whether it is an object of JSON. */
  readonly json: boolean;
}

/**
 * Prints what is deployed of a stage, and what it has done.
 *
 * @throws {EdgeSiteError} as `deployedSite` and `siteStatus`, or what AWS refuses
 */
export async function status({ sinceMs, json, ...options }: StatusOptions): Promise<void> {
  const site = await deployedSite(options);
  const untilMs = clock.now();
  const range = { fromMs: untilMs - sinceMs, untilMs };
  try {
    const [found, canary] = await Promise.all([siteStatus(site, range), canaryStatus(site, range)]);
    const text = json
      ? JSON.stringify({ ...found, canary }, undefined, 2)
      : [describeStatus(found), ...(canary === undefined ? [] : [describeCanary(canary)])].join(
          "\n\n",
        );
    process.stdout.write(`${text}\n`);
  } catch (cause) {
    throw awsFailure("The status cannot be read", cause);
  }
}

/** What part of the viewers get, or have got: the stack of an earlier canary stays for the next one. */
export interface CanaryStatus extends SiteStatus {
  readonly canaryTraffic: CanaryTraffic;
  readonly isRunning: boolean;
}

async function canaryStatus(
  { stage, clients }: DeployedSite,
  range: TimeRange,
): Promise<CanaryStatus | undefined> {
  const canary = await deployedCanary(stage.stackName, clients);
  if (canary === undefined) return undefined;
  const { stackName, template, traffic: canaryTraffic, isRunning } = canary;
  const resources = await stackResources(clients.cloudFormation, stackName);
  const site = { stage: { ...stage, name: "canary", stackName }, clients, template, resources };
  return { canaryTraffic, isRunning, ...(await siteStatus(site, range)) };
}

function describeCanary(canary: CanaryStatus): string {
  const { isRunning, canaryTraffic } = canary;
  const who = isRunning ? describeTraffic(canaryTraffic) : "no viewer: it has ended";
  return `Canary, for ${who}:\n\n${describeStatus(canary)}`;
}
