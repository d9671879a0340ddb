import {
  type CloudFrontKeyValueStoreClient,
  DescribeKeyValueStoreCommand,
  paginateListKeys,
  UpdateKeysCommand,
} from "@aws-sdk/client-cloudfront-keyvaluestore";
import { awsErrorName } from "../aws/aws-error.ts";
import { type KeyValueChanges, keyValueBatches } from "./key-value-changes.ts";

/** A deployed key value store, and the client that asks for it. */
export interface DeployedStore {
  readonly keyValueStores: CloudFrontKeyValueStoreClient;
  readonly storeArn: string;
}

/** How often the store is read anew because another has written into it meanwhile. */
const maxAttempts = 5;

/** The most keys that one request lists. */
const pageSize = 50;

/** Returns the data of a store by key. */
export async function listKeyValues({
  keyValueStores: client,
  storeArn,
}: DeployedStore): Promise<ReadonlyMap<string, string>> {
  const keyValues = new Map<string, string>();
  const pages = paginateListKeys({ client, pageSize }, { KvsARN: storeArn });
  for await (const { Items = [] } of pages) {
    for (const { Key = "", Value = "" } of Items) keyValues.set(Key, Value);
  }
  return keyValues;
}

/**
 * Changes the data of a store. A run that is cut short leaves a store that the next one completes.
 *
 * @param plan Returns the changes, given what the store has now. It is called again where another has written meanwhile.
 * @returns What was changed.
 */
export async function changeKeyValues(
  store: DeployedStore,
  plan: () => Promise<KeyValueChanges>,
): Promise<KeyValueChanges> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await changeOnce(store, plan);
    } catch (error) {
      if (awsErrorName(error) !== "ConflictException" || attempt === maxAttempts) throw error;
    }
  }
}

async function changeOnce(
  { keyValueStores, storeArn: KvsARN }: DeployedStore,
  plan: () => Promise<KeyValueChanges>,
): Promise<KeyValueChanges> {
  // Before the keys are read: whoever writes meanwhile makes the first update fail.
  let { ETag: version } = await keyValueStores.send(new DescribeKeyValueStoreCommand({ KvsARN }));
  const changes = await plan();
  for (const { Puts, Deletes } of keyValueBatches(changes)) {
    const update = { KvsARN, IfMatch: version, Puts: [...Puts], Deletes: [...Deletes] };
    ({ ETag: version } = await keyValueStores.send(new UpdateKeysCommand(update)));
  }
  return changes;
}
