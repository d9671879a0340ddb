import { readFileSync } from "node:fs";
import type { Clock } from "../clock.ts";
import { KeyValueStore } from "../cloudfront-function/key-value-store.ts";
import {
  cloudFrontFunctionsOf,
  type KeyValueStoreResource,
} from "../distribution/cloudfront-functions.ts";
import type { Distribution } from "../distribution/distribution.ts";
import { LocalCloudFrontError } from "../local-cloudfront-error.ts";

/** A store, and the text that it was made from. */
interface LoadedStore {
  readonly store: KeyValueStore;
  readonly importSource: string | undefined;
}

/** The key value stores of the distribution that is served. */
export class KeyValueStores {
  readonly #clock: Clock;
  readonly #delaySeconds: number;
  /** Those of earlier distributions too: requests that are under way may read them. */
  #byArn: ReadonlyMap<string, LoadedStore> = new Map();
  #servedArns: readonly string[] = [];

  /** @param delaySeconds after how many of them functions see a change */
  constructor(clock: Clock, delaySeconds: number) {
    this.#clock = clock;
    this.#delaySeconds = delaySeconds;
  }

  /**
   * Reads the stores of a distribution. One whose import source is the same text as before stays as it
   * is, with what has been written to it.
   *
   * @throws {LocalCloudFrontError} when a file cannot be read, or holds what CloudFront would not import
   */
  load(distribution: Distribution): void {
    const resources = cloudFrontFunctionsOf(distribution).flatMap((each) => each.keyValueStores);
    const loaded = resources.map((resource) => [resource.arn, this.#load(resource)] as const);
    this.#byArn = new Map([...this.#byArn, ...loaded]);
    this.#servedArns = resources.map(({ arn }) => arn);
  }

  #load({ arn, name, id, importFile }: KeyValueStoreResource): LoadedStore {
    const importSource = importFile === undefined ? undefined : readImportFile(name, importFile);
    const known = this.#byArn.get(arn);
    if (known !== undefined && known.importSource === importSource) return known;
    const source =
      importSource === undefined || importFile === undefined
        ? {}
        : { importSource, importSourceName: importFile };
    const store = new KeyValueStore({
      name,
      id,
      clock: this.#clock,
      delaySeconds: this.#delaySeconds,
      ...source,
      ...(known && { previous: known.store }),
    });
    return { store, importSource };
  }

  /** Returns the store of an ARN that the distribution has. */
  of(arn: string): KeyValueStore {
    const loaded = this.#byArn.get(arn);
    if (loaded === undefined) throw new Error(`There is no key value store ${arn}.`);
    return loaded.store;
  }

  /** @throws {LocalCloudFrontError} when there is no store of that name or id */
  named(name: string): KeyValueStore {
    const stores = this.#servedArns.map((arn) => this.of(arn));
    const found = stores.find((store) => store.name === name || store.id === name);
    if (found !== undefined) return found;
    const known = stores.map((store) => JSON.stringify(store.name)).join(", ");
    throw new LocalCloudFrontError(
      `Key value store is associated with no function of the distribution: got ${JSON.stringify(name)}. ${known === "" ? "There are none." : `There are ${known}.`}`,
    );
  }
}

function readImportFile(name: string, file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    throw new LocalCloudFrontError(
      `The file of the key value store "${name}" cannot be read: got ${JSON.stringify(file)}. Pass a JSON file that exists with --kvs ${name}=FILE.`,
      { cause },
    );
  }
}
