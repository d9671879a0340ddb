import type { Stack } from "@aws-sdk/client-cloudformation";
import type { AwsClients } from "../aws/aws-clients.ts";
import { awsFailure } from "../aws/aws-error.ts";
import { storeArnOutput } from "../constructs/output-names.ts";
import type { DeployTarget } from "../deploy/deploy-target.ts";
import { requiredOutput, stackOutput } from "../deploy/read-stack-outputs.ts";
import { assembledStores } from "./assembled-stores.ts";
import { changeKeyValues, type DeployedStore, listKeyValues } from "./deployed-store.ts";
import { describeKeyValueChanges, keyValueChanges } from "./key-value-changes.ts";

/**
 * Returns a line for each key value store of a stage: what a deploy does to it.
 *
 * @param stack As it is deployed; nothing where there is none yet.
 * @throws {EdgeSiteError} As `awsFailure`.
 */
export async function pendingStores(
  { stage, assemblyFolder }: DeployTarget,
  stack: Stack | undefined,
  { keyValueStores }: Pick<AwsClients, "keyValueStores">,
): Promise<readonly string[]> {
  const lines: string[] = [];
  for (const { logicalId, keyValues } of assembledStores(assemblyFolder, stage.stackName)) {
    const storeArn = stackOutput(stack, storeArnOutput(logicalId));
    lines.push(
      `key value store ${logicalId}: ${
        storeArn === undefined
          ? `created with ${keyValues.size} keys`
          : describeKeyValueChanges(
              keyValueChanges(await deployedKeyValues({ keyValueStores, storeArn }), keyValues),
            )
      }`,
    );
  }
  return lines;
}

async function deployedKeyValues(store: DeployedStore): Promise<ReadonlyMap<string, string>> {
  try {
    return await listKeyValues(store);
  } catch (cause) {
    throw awsFailure(`The key value store ${store.storeArn} cannot be read`, cause);
  }
}

/**
 * Writes into each key value store of a stage what the assembly has for it: CloudFormation does so only when it creates
 * the store.
 *
 * @returns A line for each store.
 * @throws {EdgeSiteError} `MISSING_OUTPUTS`, or as `awsFailure`.
 */
export async function updateStores(
  { stage: { stackName }, assemblyFolder }: DeployTarget,
  stack: Stack | undefined,
  { keyValueStores }: Pick<AwsClients, "keyValueStores">,
): Promise<readonly string[]> {
  const lines: string[] = [];
  for (const { logicalId, keyValues } of assembledStores(assemblyFolder, stackName)) {
    const storeArn = requiredOutput(stack, stackName, storeArnOutput(logicalId));
    const store = { keyValueStores, storeArn };
    try {
      const changes = await changeKeyValues(store, async () =>
        keyValueChanges(await listKeyValues(store), keyValues),
      );
      lines.push(`key value store ${logicalId}: ${describeKeyValueChanges(changes)}`);
    } catch (cause) {
      throw awsFailure(`The key value store ${storeArn} is not up to date`, cause);
    }
  }
  return lines;
}
