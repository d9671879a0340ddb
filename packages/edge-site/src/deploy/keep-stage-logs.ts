import type { CloudFormationClient } from "@aws-sdk/client-cloudformation";
import { awsFailure } from "../aws/aws-error.ts";
import { edgeLogGroup } from "../aws/edge-log-group.ts";
import { stackResources } from "../aws/stack-resources.ts";
import type { ResolvedStageConfig } from "../config/stage-config.ts";
import { keepLogsFor } from "./log-retention.ts";
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
