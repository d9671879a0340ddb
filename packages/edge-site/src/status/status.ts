import { awsClients } from "../aws/aws-clients.ts";
import { awsFailure } from "../aws/aws-error.ts";
import { deployedSite } from "../aws/deployed-site.ts";
import { describeStatus } from "./describe-status.ts";
import { siteStatus } from "./site-status.ts";

/** Of what the status is printed, and how. */
export interface StatusOptions {
  readonly configFile: string;
  readonly stage?: string | undefined;
  readonly sinceMs: number;
  /** Whether it is an object of JSON. */
  readonly json: boolean;
}

/** The clock of the machine. */
const clock: { now(): number } = Date;

/**
 * Prints what is deployed of a stage, and what it has done.
 *
 * @throws {EdgeSiteError} as `deployedSite` and `siteStatus`, or what AWS refuses
 */
export async function status({ configFile, stage, sinceMs, json }: StatusOptions): Promise<void> {
  const clients = awsClients();
  const site = await deployedSite(configFile, stage, clients);
  const untilMs = clock.now();
  const range = { fromMs: untilMs - sinceMs, untilMs };
  const found = await siteStatus(site, clients, range).catch((cause: unknown) => {
    throw awsFailure("The status cannot be read", cause);
  });
  process.stdout.write(`${json ? JSON.stringify(found, undefined, 2) : describeStatus(found)}\n`);
}
