import type { CloudFormationClient } from "@aws-sdk/client-cloudformation";
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  DescribeLogGroupsCommand,
  PutRetentionPolicyCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import { clientOptions } from "../aws/aws-clients.ts";
import { awsErrorName, awsFailure } from "../aws/aws-error.ts";
import { edgeLogGroup } from "../aws/edge-log-group.ts";
import { edgeRegions, inRegions } from "../aws/edge-regions.ts";
import { stackResources } from "../aws/stack-resources.ts";
import type { ResolvedStageConfig } from "../config/stage-config.ts";
import { progress } from "./progress.ts";

/**
 * Makes every region keep the logs of a stage's functions for as long as the stage says, if it does.
 *
 * @throws {EdgeSiteError} As `awsFailure`.
 */
export async function keepStageLogs(
  { stackName, logRetentionDays }: ResolvedStageConfig,
  cloudFormation: CloudFormationClient,
): Promise<void> {
  if (logRetentionDays === undefined) return;
  progress.step("Logs");
  try {
    const resources = await stackResources(cloudFormation, stackName);
    if (!resources.some(({ type }) => type === "AWS::Lambda::Function")) return;
    const group = edgeLogGroup(stackName);
    const { changedCount, refused } = await keepLogsFor(logRetentionDays, group);
    progress.detail(
      `${group} is kept for ${logRetentionDays} days: changed in ${changedCount} regions${refused.length === 0 ? "" : `; refused by ${refused.join(", ")}`}`,
    );
  } catch (cause) {
    throw awsFailure("How long the functions' logs are kept is not settled", cause);
  }
}

/** What has been done about the logs. */
export interface LogRetention {
  /** In how many regions something had to be changed. */
  readonly changedCount: number;
  /** Regions that refuse the account, and why. */
  readonly refused: readonly string[];
}

/**
 * Makes each region keep a log group for so many days. One that does not exist yet is created, for Lambda creates it
 * without an expiry.
 */
export async function keepLogsFor(
  retentionInDays: number,
  logGroupName: string,
  clientOf: (region: string) => CloudWatchLogsClient = (region) =>
    new CloudWatchLogsClient({ ...clientOptions, region }),
): Promise<LogRetention> {
  const { results, refused } = await inRegions(edgeRegions, (region) =>
    keepFor(logGroupName, retentionInDays, clientOf(region)),
  );
  return { changedCount: results.filter((isChanged) => isChanged).length, refused };
}

/** @returns Whether something had to be changed. */
async function keepFor(
  logGroupName: string,
  retentionInDays: number,
  logs: CloudWatchLogsClient,
): Promise<boolean> {
  const { logGroups = [] } = await logs.send(
    new DescribeLogGroupsCommand({ logGroupNamePrefix: logGroupName }),
  );
  const group = logGroups.find((each) => each.logGroupName === logGroupName);
  if (group?.retentionInDays === retentionInDays) return false;
  if (group === undefined) await createLogGroup(logGroupName, logs);
  await logs.send(new PutRetentionPolicyCommand({ logGroupName, retentionInDays }));
  return true;
}

async function createLogGroup(logGroupName: string, logs: CloudWatchLogsClient): Promise<void> {
  try {
    await logs.send(new CreateLogGroupCommand({ logGroupName }));
  } catch (error) {
    // A viewer may have been faster.
    if (awsErrorName(error) !== "ResourceAlreadyExistsException") throw error;
  }
}
