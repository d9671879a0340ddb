import {
  type CloudFrontKeyValueStoreClient,
  DescribeKeyValueStoreCommand,
  paginateListKeys,
  UpdateKeysCommand,
} from "@aws-sdk/client-cloudfront-keyvaluestore";
import { awsErrorName, awsFailure } from "../aws/aws-error.ts";
import { type KeyValueChanges, keyValueBatches, keyValueChanges } from "./key-value-changes.ts";

/** How often the store is read anew because another has written into it meanwhile. */
const maxAttempts = 3;

/** The most keys that one request lists. */
const pageSize = 50;

/**
 * Returns what makes the data of a deployed store other data.
 *
 * @throws {EdgeSiteError} As `awsFailure`.
 */
export async function pendingKeyValues(
  client: CloudFrontKeyValueStoreClient,
  storeArn: string,
  next: ReadonlyMap<string, string>,
): Promise<KeyValueChanges> {
  try {
    return keyValueChanges(await listKeyValues(client, storeArn), next);
  } catch (cause) {
    throw awsFailure(`The key value store ${storeArn} cannot be read`, cause);
  }
}

/**
 * Makes the data of a deployed store other data: what is equal already is not written. A run that is cut short leaves
 * a store that the next one completes.
 *
 * @returns What it changed.
 * @throws {EdgeSiteError} As `awsFailure`.
 */
export async function updateKeyValues(
  client: CloudFrontKeyValueStoreClient,
  storeArn: string,
  next: ReadonlyMap<string, string>,
): Promise<KeyValueChanges> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await updateOnce(client, storeArn, next);
    } catch (cause) {
      if (awsErrorName(cause) === "ConflictException" && attempt < maxAttempts) continue;
      throw awsFailure(`The key value store ${storeArn} is not up to date`, cause);
    }
  }
}

async function updateOnce(
  client: CloudFrontKeyValueStoreClient,
  KvsARN: string,
  next: ReadonlyMap<string, string>,
): Promise<KeyValueChanges> {
  // Before the keys are listed: whoever writes meanwhile makes the first update fail.
  let { ETag: version } = await client.send(new DescribeKeyValueStoreCommand({ KvsARN }));
  const changes = keyValueChanges(await listKeyValues(client, KvsARN), next);
  for (const { Puts, Deletes } of keyValueBatches(changes)) {
    const update = { KvsARN, IfMatch: version, Puts: [...Puts], Deletes: [...Deletes] };
    ({ ETag: version } = await client.send(new UpdateKeysCommand(update)));
  }
  return changes;
}

async function listKeyValues(
  client: CloudFrontKeyValueStoreClient,
  KvsARN: string,
): Promise<ReadonlyMap<string, string>> {
  const keyValues = new Map<string, string>();
  for await (const { Items = [] } of paginateListKeys({ client, pageSize }, { KvsARN })) {
    for (const { Key = "", Value = "" } of Items) keyValues.set(Key, Value);
  }
  return keyValues;
}
