import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  DescribeLogGroupsCommand,
  PutRetentionPolicyCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import { awsErrorName, isRegionRefused } from "../aws/aws-error.ts";

/** The regions that Lambda@Edge replicates functions to, and in which they write their logs (LE-F-19). */
export const edgeRegions = [
  "ap-northeast-1",
  "ap-northeast-2",
  "ap-south-1",
  "ap-southeast-1",
  "ap-southeast-2",
  "eu-central-1",
  "eu-west-1",
  "eu-west-2",
  "sa-east-1",
  "us-east-1",
  "us-east-2",
  "us-west-1",
  "us-west-2",
] as const;

/** What has been done about the logs. */
export interface LogRetention {
  /** In how many regions something had to be changed. */
  readonly changedCount: number;
  /** Regions that the account does not let us into, and why. */
  readonly refused: readonly string[];
}

/**
 * Makes each region keep a log group for so many days. One that does not exist yet is made, for Lambda makes it
 * without an end.
 */
export async function keepLogsFor(
  retentionInDays: number,
  logGroupName: string,
  clientOf: (region: string) => CloudWatchLogsClient = (region) =>
    new CloudWatchLogsClient({ region, maxAttempts: 5 }),
): Promise<LogRetention> {
  const regions = await Promise.all(
    edgeRegions.map(async (region) => {
      const logs = clientOf(region);
      try {
        const isChanged = await keepFor(logGroupName, retentionInDays, logs);
        return { changedCount: isChanged ? 1 : 0, refused: [] };
      } catch (error) {
        if (!isRegionRefused(error)) throw error;
        return { changedCount: 0, refused: [`${region} (${awsErrorName(error)})`] };
      }
    }),
  );
  return {
    changedCount: regions.reduce((sum, { changedCount }) => sum + changedCount, 0),
    refused: regions.flatMap(({ refused }) => refused),
  };
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
