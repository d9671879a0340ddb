import { CloudWatchLogsClient, DeleteLogGroupCommand } from "@aws-sdk/client-cloudwatch-logs";
import { clientOptions, stackRegion } from "../aws/aws-clients.ts";
import { awsErrorName } from "../aws/aws-error.ts";
import { edgeRegions, inRegions } from "../aws/edge-regions.ts";

/** What has been done about log groups. */
export interface DeletedLogGroups {
  readonly count: number;
  /** Regions that refuse the account, as in `sa-east-1 (AccessDenied)`. */
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
  const others = edgeRegions.filter((region) => region !== stackRegion);
  const [ownCount, { results, refused }] = await Promise.all([
    // No account is kept out of us-east-1: there, it is a permission that is missing.
    deleteIn(stackRegion, [...everywhere, ...central]),
    inRegions(others, (region) => deleteIn(region, everywhere)),
  ]);
  return { count: results.reduce((sum, count) => sum + count, ownCount), refused };
}

/** @returns How many there were. */
async function deleteIn(region: string, logGroupNames: readonly string[]): Promise<number> {
  const client = new CloudWatchLogsClient({ ...clientOptions, region });
  let count = 0;
  for (const name of logGroupNames) if (await deleteLogGroup(name, client)) count += 1;
  return count;
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
