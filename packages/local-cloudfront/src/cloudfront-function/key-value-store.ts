import { createHash } from "node:crypto";
import { cloudFrontFunctionQuotas } from "cf-rules";
import { systemClock } from "../clock.ts";
import type { Clock } from "../clock.ts";
import { LocalCloudFrontError } from "../local-cloudfront-error.ts";

/** One pair of a store. */
export interface KeyValuePair {
  readonly key: string;
  readonly value: string;
}

/** What `meta()` says of a store (FN-I-48). */
export interface KeyValueStoreMeta {
  /** ISO 8601. */
  readonly creationDateTime: string;
  /** ISO 8601. */
  readonly lastUpdatedDateTime: string;
  readonly keyCount: number;
}

/** Where the pairs of a store come from, and how errors call it. */
export interface KeyValueStoreOptions {
  readonly name: string;
  /**
   * What `cf.kvs(id)` calls it.
   * @default name
   */
  readonly id?: string;
  /**
   * The initial pairs: a file in AWS's import format, `{"data": [{"key": "a", "value": "b"}]}`, as text.
   * @default - no pairs
   */
  readonly importSource?: string;
  /**
   * How errors call the import source, as in `redirects.json`.
   * @default name
   */
  readonly importSourceName?: string;
  /**
   * The time for `meta()` and for the delay.
   * @default - that of the machine
   */
  readonly clock?: Clock;
  /**
   * After how many seconds functions see a change: at the edge it has been 21 to 26 (FN-I-40).
   * @default 0
   */
  readonly delaySeconds?: number;
  /**
   * The store that this one takes the place of: functions see its pairs until the delay is over.
   * @default - none
   */
  readonly previous?: KeyValueStore;
}

/** A store as functions see it. */
export type KeyValueStoreAtEdge = Pick<KeyValueStore, "get" | "meta">;

interface PendingChange {
  readonly visibleAtMs: number;
  readonly changedAtMs: number;
  /** Deleted where the value is undefined. */
  readonly pairs: readonly (readonly [key: string, value: string | undefined])[];
}

const byteLength = (text: string): number => Buffer.byteLength(text, "utf8");

/**
 * A key value store in memory, with the limits of FN-I-31. Who writes it sees a change at once; functions do when its
 * delay is over.
 *
 * @throws {LocalCloudFrontError} when the import source or a pair is refused by CloudFront
 */
export class KeyValueStore {
  readonly name: string;
  readonly id: string;
  readonly #pairs = new Map<string, string>();
  readonly #created: number;
  readonly #clock: Clock;
  readonly #delayMs: number;
  readonly #pairsAtEdge: Map<string, string>;
  #pending: PendingChange[] = [];
  #updatedAtEdge: number;
  #updated: number;
  #bytes = 0;
  #version = 0;

  constructor({
    name,
    id = name,
    importSource,
    importSourceName = name,
    clock = systemClock(),
    delaySeconds = 0,
    previous,
  }: KeyValueStoreOptions) {
    this.name = name;
    this.id = id;
    this.#clock = clock;
    this.#created = this.#clock.now();
    this.#updated = this.#created;
    this.#updatedAtEdge = this.#created;
    if (!(delaySeconds >= 0)) {
      throw new LocalCloudFrontError(
        `The delay of key value stores is not valid: got ${delaySeconds}. Pass seconds, 0 or more.`,
      );
    }
    this.#delayMs = delaySeconds * 1000;
    const imported =
      importSource === undefined ? [] : readImportSource(importSource, importSourceName);
    for (const { key, value } of imported) this.#put(key, value);
    this.#pairsAtEdge = new Map(previous?.visiblePairs() ?? this.#pairs);
    if (previous === undefined) return;
    const deleted = [...this.#pairsAtEdge.keys()].map((key) => [key, undefined] as const);
    this.#delay([...deleted, ...this.#pairs]);
  }

  /** The store as functions see it now. */
  get atEdge(): KeyValueStoreAtEdge {
    const pairs = this.visiblePairs();
    return {
      get: (key) => pairs.get(key),
      meta: () => this.#describe(pairs, this.#updatedAtEdge),
    };
  }

  private visiblePairs(): ReadonlyMap<string, string> {
    const now = this.#clock.now();
    for (const change of this.#pending.filter(({ visibleAtMs }) => visibleAtMs <= now)) {
      for (const [key, value] of change.pairs) {
        if (value === undefined) this.#pairsAtEdge.delete(key);
        else this.#pairsAtEdge.set(key, value);
      }
      this.#updatedAtEdge = change.changedAtMs;
    }
    this.#pending = this.#pending.filter(({ visibleAtMs }) => visibleAtMs > now);
    return this.#pairsAtEdge;
  }

  /** Changes with each change of the store, as its `ETag` does. */
  get etag(): string {
    return createHash("sha256").update(`${this.id} ${this.#version}`).digest("hex").slice(0, 13);
  }

  get(key: string): string | undefined {
    return this.#pairs.get(key);
  }

  /** All pairs, sorted by key. */
  list(): readonly KeyValuePair[] {
    return [...this.#pairs]
      .map(([key, value]) => ({ key, value }))
      .toSorted((a, b) => (a.key < b.key ? -1 : 1));
  }

  /** @throws {LocalCloudFrontError} when the pair, or the store with it, is too large */
  set(key: string, value: string): void {
    this.#put(key, value);
    this.#changed(key, value);
  }

  /** Returns whether there was such a key. */
  delete(key: string): boolean {
    const value = this.#pairs.get(key);
    if (value === undefined) return false;
    this.#pairs.delete(key);
    this.#bytes -= byteLength(key) + byteLength(value);
    this.#changed(key, undefined);
    return true;
  }

  meta(): KeyValueStoreMeta {
    return this.#describe(this.#pairs, this.#updated);
  }

  #describe({ size }: ReadonlyMap<string, string>, updated: number): KeyValueStoreMeta {
    return {
      creationDateTime: new Date(this.#created).toISOString(),
      lastUpdatedDateTime: new Date(updated).toISOString(),
      keyCount: size,
    };
  }

  #changed(key: string, value: string | undefined): void {
    this.#version += 1;
    this.#updated = this.#clock.now();
    this.#delay([[key, value]]);
  }

  #delay(pairs: PendingChange["pairs"]): void {
    const changedAtMs = this.#clock.now();
    this.#pending.push({ visibleAtMs: changedAtMs + this.#delayMs, changedAtMs, pairs });
  }

  #put(key: string, value: string): void {
    const { keyBytes, valueBytes, storeBytes } = cloudFrontFunctionQuotas.keyValueStore;
    const subject = `The key ${JSON.stringify(key.slice(0, 60))} of the key value store "${this.name}"`;
    if (key === "" || byteLength(key) > keyBytes) {
      throw new LocalCloudFrontError(
        `${subject} has ${byteLength(key)} bytes. Use 1 to ${keyBytes} bytes.`,
        { factId: "FN-I-31" },
      );
    }
    if (byteLength(value) > valueBytes) {
      throw new LocalCloudFrontError(
        `${subject} has a value of ${byteLength(value)} bytes. Use at most ${valueBytes} bytes.`,
        { factId: "FN-I-31" },
      );
    }
    const previous = this.#pairs.get(key);
    const bytes =
      this.#bytes +
      byteLength(value) +
      (previous === undefined ? byteLength(key) : -byteLength(previous));
    if (bytes > storeBytes) {
      throw new LocalCloudFrontError(
        `The key value store "${this.name}" has ${bytes} bytes. Use at most ${storeBytes} bytes for all keys and values together.`,
        { factId: "FN-I-31" },
      );
    }
    this.#pairs.set(key, value);
    this.#bytes = bytes;
  }
}

function readImportSource(text: string, source: string): readonly KeyValuePair[] {
  const form = 'Write {"data": [{"key": "a", "value": "b"}]}.';
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (cause) {
    throw new LocalCloudFrontError(`The key value store file ${source} is not JSON. ${form}`, {
      cause,
    });
  }
  const data: unknown =
    typeof parsed === "object" && parsed !== null && "data" in parsed ? parsed.data : undefined;
  if (!Array.isArray(data)) {
    throw new LocalCloudFrontError(
      `The key value store file ${source} has no list "data". ${form}`,
    );
  }
  return data.map((pair: unknown, index) => {
    if (isPair(pair)) return pair;
    throw new LocalCloudFrontError(
      `data[${index}] of the key value store file ${source} is not a pair of texts: got ${JSON.stringify(pair)?.slice(0, 80)}. ${form}`,
    );
  });
}

function isPair(pair: unknown): pair is KeyValuePair {
  return (
    typeof pair === "object" &&
    pair !== null &&
    "key" in pair &&
    typeof pair.key === "string" &&
    "value" in pair &&
    typeof pair.value === "string"
  );
}
