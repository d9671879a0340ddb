import { LRUCache } from "lru-cache";
import type { HttpResponse } from "../http/http-message.ts";
import type { CacheKey } from "./cache-key.ts";
import type { CachedObject } from "./object-cache.ts";

/** A cached object under its key. */
export interface CacheEntry {
  readonly key: CacheKey;
  readonly object: CachedObject;
  /** Whether there is no body to serve: the response to a HEAD. */
  readonly headersOnly: boolean;
}

/** Entries by key, bounded in bytes, where those of an object's encodings are found together. */
export class CacheEntries {
  readonly #entries: LRUCache<string, CacheEntry>;
  /** The keys of an object's encodings, in the order in which they were stored. */
  readonly #encodings = new Map<string, Set<string>>();

  constructor(maxBytes: number) {
    this.#entries = new LRUCache({
      maxSize: maxBytes,
      sizeCalculation: entryBytes,
      dispose: ({ key }, value, reason) => {
        if (reason !== "set") this.#forgetEncoding(key.valueOfAnyEncoding, value);
      },
    });
  }

  get count(): number {
    return this.#entries.size;
  }

  get bytes(): number {
    return this.#entries.calculatedSize;
  }

  /** Returns what serves a key: the entry of its own, or one in an encoding that it accepts, best a fresh one. */
  find(key: CacheKey, nowMs: number): CacheEntry | undefined {
    const exact = this.#entries.get(key.value);
    if (isUsable(exact, key) && nowMs < exact.object.expiresAtMs) return exact;
    const others = [...this.#valuesOf(key)]
      .filter((value) => value !== key.value)
      .map((value) => this.#entries.get(value))
      .filter((entry) => isUsable(entry, key) && isEncodedFor(key, entry.object.response));
    const fresh = others.find((entry) => entry !== undefined && nowMs < entry.object.expiresAtMs);
    return fresh ?? (isUsable(exact, key) ? exact : others[0]);
  }

  put(entry: CacheEntry): void {
    const { key } = entry;
    this.#entries.set(key.value, entry);
    // What is too large for the whole cache was not taken, and has pushed out what was there.
    if (!this.#entries.has(key.value)) {
      this.#forgetEncoding(key.valueOfAnyEncoding, key.value);
      return;
    }
    const values = this.#encodings.get(key.valueOfAnyEncoding) ?? new Set<string>();
    this.#encodings.set(key.valueOfAnyEncoding, values.add(key.value));
  }

  /** Removes an object in all its encodings. */
  remove(key: CacheKey): void {
    for (const value of this.#valuesOf(key)) this.#entries.delete(value);
  }

  /** Removes the entries that a test holds of, and returns how many they were. */
  removeWhere(test: (entry: CacheEntry) => boolean): number {
    const matched = [...this.#entries.entries()].filter(([, entry]) => test(entry));
    for (const [value] of matched) this.#entries.delete(value);
    return matched.length;
  }

  #valuesOf({ valueOfAnyEncoding }: CacheKey): Iterable<string> {
    return this.#encodings.get(valueOfAnyEncoding) ?? [];
  }

  #forgetEncoding(valueOfAnyEncoding: string, value: string): void {
    const values = this.#encodings.get(valueOfAnyEncoding);
    values?.delete(value);
    if (values?.size === 0) this.#encodings.delete(valueOfAnyEncoding);
  }
}

function isUsable(entry: CacheEntry | undefined, key: CacheKey): entry is CacheEntry {
  return entry !== undefined && (key.headersOnly || !entry.headersOnly) && isStored(entry);
}

/** Whether a response is compressed, and in an encoding that the request accepts. */
function isEncodedFor(key: CacheKey, { headers }: HttpResponse): boolean {
  const encoding = headers["content-encoding"]?.[0]?.value.trim().toLowerCase();
  return encoding !== undefined && key.acceptEncoding.split(",").includes(encoding);
}

/** A streamed body stays where it is stored. */
function memoryBytes({ body }: HttpResponse): number {
  return body instanceof Uint8Array ? body.byteLength : 0;
}

/** Whether an object can be served: of a streamed body, the cache holds only where it is stored. */
function isStored({ object }: CacheEntry): boolean {
  const { body } = object.response;
  return body instanceof Uint8Array || body.isUnchanged();
}

/** An estimate in bytes: the body in memory, the texts, and what an entry costs beside them. */
function entryBytes({ key, object }: CacheEntry): number {
  let bytes = 512 + key.value.length * 2 + memoryBytes(object.response);
  for (const lines of Object.values(object.response.headers)) {
    for (const line of lines) bytes += 64 + line.key.length + line.value.length;
  }
  return bytes;
}
