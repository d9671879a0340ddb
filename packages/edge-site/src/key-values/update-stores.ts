import type { Stack } from "@aws-sdk/client-cloudformation";
import type { CloudFrontKeyValueStoreClient } from "@aws-sdk/client-cloudfront-keyvaluestore";
import { storeArnOutput } from "../constructs/output-names.ts";
import type { DeployTarget } from "../deploy/deploy-target.ts";
import { requiredOutput, stackOutput } from "../deploy/read-stack-outputs.ts";
import { assembledStores } from "./assembled-stores.ts";
import { describeKeyValueChanges } from "./key-value-changes.ts";
import { pendingKeyValues, updateKeyValues } from "./update-key-values.ts";

/**
 * Returns a line for each key value store of a stage: what a deploy does to it.
 *
 * @param stack As it is deployed; nothing where there is none yet.
 * @throws {EdgeSiteError} As `pendingKeyValues`.
 */
export async function pendingStores(
  { stage, assemblyFolder }: DeployTarget,
  stack: Stack | undefined,
  client: CloudFrontKeyValueStoreClient,
): Promise<readonly string[]> {
  const lines: string[] = [];
  for (const { logicalId, keyValues } of assembledStores(assemblyFolder, stage.stackName)) {
    const arn = stackOutput(stack, storeArnOutput(logicalId));
    const what =
      arn === undefined
        ? `made with ${keyValues.size} keys`
        : describeKeyValueChanges(await pendingKeyValues(client, arn, keyValues));
    lines.push(`key value store ${logicalId}: ${what}`);
  }
  return lines;
}

/**
 * Writes into each key value store of a stage what the assembly has for it: CloudFormation does so only when it makes
 * the store.
 *
 * @returns A line for each store.
 * @throws {EdgeSiteError} `MISSING_OUTPUTS`, or as `updateKeyValues`.
 */
export async function updateStores(
  { stage: { stackName }, assemblyFolder }: DeployTarget,
  stack: Stack | undefined,
  client: CloudFrontKeyValueStoreClient,
): Promise<readonly string[]> {
  const lines: string[] = [];
  for (const { logicalId, keyValues } of assembledStores(assemblyFolder, stackName)) {
    const arn = requiredOutput(stack, stackName, storeArnOutput(logicalId));
    const changes = await updateKeyValues(client, arn, keyValues);
    lines.push(`key value store ${logicalId}: ${describeKeyValueChanges(changes)}`);
  }
  return lines;
}
