import { CloudWatchLogsClient, DeleteLogGroupCommand } from "@aws-sdk/client-cloudwatch-logs";
import { clientOptions, stackRegion } from "../aws/aws-clients.ts";
import { awsErrorName, isRegionRefused } from "../aws/aws-error.ts";
import { edgeRegions } from "../deploy/log-retention.ts";

/** What has been done about log groups. */
export interface DeletedLogGroups {
  readonly count: number;
  /** Regions that the account does not let us into, and why, as in `sa-east-1 (AccessDenied)`. */
  readonly refused: readonly string[];
}

/**
 * Deletes log groups, in all regions at once; one that there is not is deleted.
 *
 * @param everywhere Those that may be in any region with viewers.
 * @param central Those of us-east-1.
 */
export async function deleteLogGroups(
  everywhere: readonly string[],
  central: readonly string[],
): Promise<DeletedLogGroups> {
  const regions = await Promise.all(
    edgeRegions.map(async (region): Promise<DeletedLogGroups> => {
      const client = new CloudWatchLogsClient({ ...clientOptions, region });
      try {
        let count = 0;
        for (const name of [...everywhere, ...(region === stackRegion ? central : [])]) {
          if (await deleteLogGroup(name, client)) count += 1;
        }
        return { count, refused: [] };
      } catch (error) {
        // No account is kept out of us-east-1: there, it is a permission that is missing.
        if (!isRegionRefused(error) || region === stackRegion) throw error;
        return { count: 0, refused: [`${region} (${awsErrorName(error)})`] };
      }
    }),
  );
  return {
    count: regions.reduce((sum, each) => sum + each.count, 0),
    refused: regions.flatMap(({ refused }) => refused),
  };
}

/** @returns Whether there was one. */
async function deleteLogGroup(logGroupName: string, client: CloudWatchLogsClient) {
  try {
    await client.send(new DeleteLogGroupCommand({ logGroupName }));
    return true;
  } catch (error) {
    if (awsErrorName(error) !== "ResourceNotFoundException") throw error;
    return false;
  }
}
