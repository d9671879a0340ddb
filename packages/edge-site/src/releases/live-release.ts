import { GetKeyCommand } from "@aws-sdk/client-cloudfront-keyvaluestore";
import { liveReleaseKey, noRelease, previewKey } from "release-select";
import { awsErrorName } from "../aws/aws-error.ts";
import { EdgeSiteError } from "../edge-site-error.ts";
import {
  changeKeyValues,
  type DeployedStore,
  listKeyValues,
} from "../key-values/deployed-store.ts";
import { noChanges } from "../key-values/key-value-changes.ts";

/** Returns the id of the live release; undefined where there is none yet. */
export async function readLiveRelease({
  keyValueStores,
  storeArn,
}: DeployedStore): Promise<string | undefined> {
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
  /** The name of the stage, for the message of a failure. */
  readonly stage: string;
}

/**
 * Makes another release the live one, if the one that is expected is live still: one write, which CloudFront's edge
 * locations learn of in seconds.
 *
 * @throws {EdgeSiteError} `SWITCHED_BY_OTHERS` when another one is live by now.
 */
export async function switchLiveRelease(
  store: DeployedStore,
  { from, to, stage }: ReleaseSwitch,
): Promise<void> {
  await changeKeyValues(store, async () => {
    const live = await readLiveRelease(store);
    // The response to an earlier attempt was lost on the way.
    if (live === to) return noChanges;
    if (live !== from) throw switchedByOthers(live, { from, to, stage });
    return { ...noChanges, changed: [[liveReleaseKey, to]] };
  });
}

/** Returns the ids of the previews' releases, by name. */
export async function readPreviews(store: DeployedStore): Promise<ReadonlyMap<string, string>> {
  const prefix = previewKey("");
  const previews = [...(await listKeyValues(store))].filter(([key]) => key.startsWith(prefix));
  return new Map(previews.map(([key, id]) => [key.slice(prefix.length), id]));
}

/** Gives a preview a release. */
export async function setPreview(store: DeployedStore, name: string, id: string): Promise<void> {
  await changeKeyValues(store, async () => ({ ...noChanges, changed: [[previewKey(name), id]] }));
}

/** Removes a preview. One that is gone already is no failure. */
export async function removePreview(store: DeployedStore, name: string): Promise<void> {
  await changeKeyValues(store, async () => {
    const isThere = (await readPreviews(store)).has(name);
    return { ...noChanges, removed: isThere ? [previewKey(name)] : [] };
  });
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
