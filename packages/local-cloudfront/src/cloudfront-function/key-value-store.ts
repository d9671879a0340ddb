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
   * The time for `meta()`.
   * @default - that of the machine
   */
  readonly clock?: Clock;
}

const byteLength = (text: string): number => Buffer.byteLength(text, "utf8");

/**
 * A key value store in memory, with the limits of FN-I-31. A change is seen by the next read: at the edge it
 * takes seconds (FN-I-40).
 *
 * @throws {LocalCloudFrontError} when the import source or a pair is refused by CloudFront
 */
export class KeyValueStore {
  readonly name: string;
  readonly id: string;
  readonly #pairs = new Map<string, string>();
  readonly #created: number;
  readonly #clock: Clock;
  #updated: number;
  #bytes = 0;
  #version = 0;

  constructor({
    name,
    id = name,
    importSource,
    importSourceName = name,
    clock = systemClock(),
  }: KeyValueStoreOptions) {
    this.name = name;
    this.id = id;
    this.#clock = clock;
    this.#created = this.#clock.now();
    this.#updated = this.#created;
    if (importSource === undefined) return;
    for (const { key, value } of readImportSource(importSource, importSourceName)) {
      this.#put(key, value);
    }
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
    this.#changed();
  }

  /** Returns whether there was such a key. */
  delete(key: string): boolean {
    const value = this.#pairs.get(key);
    if (value === undefined) return false;
    this.#pairs.delete(key);
    this.#bytes -= byteLength(key) + byteLength(value);
    this.#changed();
    return true;
  }

  meta(): KeyValueStoreMeta {
    return {
      creationDateTime: new Date(this.#created).toISOString(),
      lastUpdatedDateTime: new Date(this.#updated).toISOString(),
      keyCount: this.#pairs.size,
    };
  }

  #changed(): void {
    this.#version += 1;
    this.#updated = this.#clock.now();
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
