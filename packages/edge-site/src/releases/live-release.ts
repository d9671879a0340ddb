import {
  type CloudFrontKeyValueStoreClient,
  DescribeKeyValueStoreCommand,
  GetKeyCommand,
  paginateListKeys,
  UpdateKeysCommand,
} from "@aws-sdk/client-cloudfront-keyvaluestore";
import { liveReleaseKey, noRelease, previewKey } from "release-select";
import { awsErrorName } from "../aws/aws-error.ts";
import { EdgeSiteError } from "../edge-site-error.ts";

/** The key value store that has the live release and the previews. */
export interface ReleaseStore {
  readonly keyValueStores: CloudFrontKeyValueStoreClient;
  readonly storeArn: string;
}

/** How often the store is asked anew because another has written into it meanwhile. */
const maxAttempts = 5;

/** Returns the id of the live release; undefined where there is none yet. */
export async function readLiveRelease({
  keyValueStores,
  storeArn,
}: ReleaseStore): Promise<string | undefined> {
  try {
    const { Value } = await keyValueStores.send(
      new GetKeyCommand({ KvsARN: storeArn, Key: liveReleaseKey }),
    );
    return Value === noRelease ? undefined : Value;
  } catch (error) {
    if (awsErrorName(error) === "ResourceNotFoundException") return undefined;
    throw error;
  }
}

/** A switch of what is live. */
export interface ReleaseSwitch {
  /** The id that is expected to be live; undefined for none. */
  readonly from: string | undefined;
  readonly to: string;
  /** The name of the stage, for what is told of a failure. */
  readonly stage: string;
}

/**
 * Makes another release the live one, if the one that is expected is live still: one write, which CloudFront's edge
 * locations learn of in seconds.
 *
 * @throws {EdgeSiteError} `SWITCHED_BY_OTHERS` when another one is live by now.
 */
export async function switchLiveRelease(
  store: ReleaseStore,
  { from, to, stage }: ReleaseSwitch,
): Promise<void> {
  await writeKeys(store, async () => {
    const live = await readLiveRelease(store);
    // The response to an earlier attempt was lost on the way.
    if (live === to) return undefined;
    if (live !== from) throw switchedByOthers(live, { from, to, stage });
    return { Puts: [{ Key: liveReleaseKey, Value: to }], Deletes: [] };
  });
}

/** Returns the ids of the previews' releases, by name. */
export async function readPreviews({
  keyValueStores: client,
  storeArn,
}: ReleaseStore): Promise<ReadonlyMap<string, string>> {
  const previews = new Map<string, string>();
  const prefix = previewKey("");
  for await (const { Items = [] } of paginateListKeys({ client }, { KvsARN: storeArn })) {
    for (const { Key = "", Value = "" } of Items) {
      if (Key.startsWith(prefix)) previews.set(Key.slice(prefix.length), Value);
    }
  }
  return previews;
}

/** Gives a preview a release. */
export function setPreview(store: ReleaseStore, name: string, id: string): Promise<void> {
  return writeKeys(store, async () => ({
    Puts: [{ Key: previewKey(name), Value: id }],
    Deletes: [],
  }));
}

/** Removes a preview. One that is gone already is no failure. */
export function removePreview(store: ReleaseStore, name: string): Promise<void> {
  return writeKeys(store, async () => {
    const previews = await readPreviews(store);
    return previews.has(name) ? { Puts: [], Deletes: [{ Key: previewKey(name) }] } : undefined;
  });
}

interface KeyChanges {
  readonly Puts: { readonly Key: string; readonly Value: string }[];
  readonly Deletes: { readonly Key: string }[];
}

/** Writes what is to be written given what the store has, or nothing, and asks again where it has changed meanwhile. */
async function writeKeys(
  { keyValueStores, storeArn: KvsARN }: ReleaseStore,
  changes: () => Promise<KeyChanges | undefined>,
): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const { ETag: IfMatch } = await keyValueStores.send(
      new DescribeKeyValueStoreCommand({ KvsARN }),
    );
    const changed = await changes();
    if (changed === undefined) return;
    try {
      await keyValueStores.send(new UpdateKeysCommand({ KvsARN, IfMatch, ...changed }));
      return;
    } catch (error) {
      if (awsErrorName(error) !== "ConflictException" || attempt === maxAttempts) throw error;
    }
  }
}

function switchedByOthers(
  live: string | undefined,
  { from, to, stage }: ReleaseSwitch,
): EdgeSiteError {
  return new EdgeSiteError(
    "SWITCHED_BY_OTHERS",
    `Release ${to} is published and not live, since another one went live meanwhile: got ${live ?? "none"}, where ${from ?? "none"} was live when this command began. Look at "npx edge-site releases --stage ${stage}", then deploy again, or switch to yours: npx edge-site rollback ${to} --stage ${stage}`,
  );
}
