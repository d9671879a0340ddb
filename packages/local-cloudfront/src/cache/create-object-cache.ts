import { copyHeadersWithout } from "../distribution/empty-headers.ts";
import { LRUCache } from "lru-cache";
import type { Clock } from "../clock.ts";
import type { HttpResponse } from "../distribution/http-message.ts";
import { LocalCloudFrontError } from "../local-cloudfront-error.ts";
import { ageSeconds, aging } from "./age.ts";
import { parseCacheControl } from "./cache-control.ts";
import type { CacheKey } from "./cache-key.ts";
import { matchInvalidationPath } from "./invalidation-path.ts";
import type { CachedObject, ObjectCache } from "./object-cache.ts";

/** How an object cache is made. */
export interface ObjectCacheOptions {
  readonly clock: Clock;
  /**
   * Bytes of bodies and headers after which the least recently used objects go (CF-G-44).
   *
   * @default 268435456 - 256 MiB
   */
  readonly maxBytes?: number;
}

interface Entry {
  readonly key: CacheKey;
  readonly object: CachedObject;
  /** Whether there is no body to serve: the answer to a HEAD. */
  readonly headersOnly: boolean;
}

const defaultMaxBytes = 256 * 1024 * 1024;

/**
 * Returns an empty cache that is bounded in bytes.
 *
 * @throws {LocalCloudFrontError} when the bound is no whole number above 0
 */
export function createObjectCache({
  clock,
  maxBytes = defaultMaxBytes,
}: ObjectCacheOptions): ObjectCache {
  if (!Number.isSafeInteger(maxBytes) || maxBytes < 1) {
    throw new LocalCloudFrontError(
      `Option maxCacheBytes is no number of bytes: got ${JSON.stringify(maxBytes)}. Write a whole number above 0.`,
    );
  }
  /** The keys of an object's encodings, in the order in which they were stored. */
  const encodings = new Map<string, Set<string>>();
  const entries = new LRUCache<string, Entry>({
    maxSize: maxBytes,
    sizeCalculation: entryBytes,
    dispose: ({ key }, value, reason) => {
      if (reason !== "set") forgetEncoding(encodings, key.valueOfAnyEncoding, value);
    },
  });

  function find(key: CacheKey): Entry | undefined {
    const exact = entries.get(key.value);
    if (isUsable(exact, key) && clock.now() < exact.object.expiresAtMs) return exact;
    const others = [...(encodings.get(key.valueOfAnyEncoding) ?? [])]
      .filter((value) => value !== key.value)
      .map((value) => entries.get(value))
      .filter((entry) => isUsable(entry, key) && isEncodedFor(key, entry.object.response));
    const fresh = others.find(
      (entry) => entry !== undefined && clock.now() < entry.object.expiresAtMs,
    );
    return fresh ?? (isUsable(exact, key) ? exact : others[0]);
  }

  function put(entry: Entry): void {
    const { key } = entry;
    entries.set(key.value, entry);
    // What is too large for the whole cache was not taken, and has pushed out what was there.
    if (!entries.has(key.value)) {
      forgetEncoding(encodings, key.valueOfAnyEncoding, key.value);
      return;
    }
    const values = encodings.get(key.valueOfAnyEncoding) ?? new Set<string>();
    encodings.set(key.valueOfAnyEncoding, values.add(key.value));
  }

  return {
    lookup(key) {
      const object = find(key)?.object;
      if (object === undefined) return { kind: "miss" };
      const nowMs = clock.now();
      return {
        kind: nowMs < object.expiresAtMs ? "hit" : "expired",
        object,
        ageSeconds: ageSeconds(object.storedAtMs, nowMs),
      };
    },
    store(key, response, lifetime) {
      if (!lifetime.stored) return;
      const storedAtMs = clock.now();
      const stored = withoutUncachedHeaders(response);
      const object: CachedObject = {
        response: stored,
        atAge: aging(stored),
        storedAtMs,
        expiresAtMs: storedAtMs + lifetime.ttlSeconds * 1000,
        lifetime,
      };
      put({ key, object, headersOnly: key.headersOnly && response.body.byteLength === 0 });
    },
    forget(key) {
      for (const value of encodings.get(key.valueOfAnyEncoding) ?? []) entries.delete(value);
    },
    prolong(key, seconds) {
      const entry = find(key);
      if (entry === undefined) return;
      const expiresAtMs = Math.max(entry.object.expiresAtMs, clock.now() + seconds * 1000);
      put({ ...entry, object: { ...entry.object, expiresAtMs } });
    },
    createInvalidation(paths) {
      const matchers = paths.map(matchInvalidationPath);
      const matched = [...entries.entries()].filter(([, { key }]) =>
        matchers.some((matches) => matches(key.invalidationPath)),
      );
      for (const [value] of matched) entries.delete(value);
      return matched.length;
    },
    get objectCount() {
      return entries.size;
    },
    get storedBytes() {
      return entries.calculatedSize;
    },
  };
}

function forgetEncoding(
  encodings: Map<string, Set<string>>,
  valueOfAnyEncoding: string,
  value: string,
): void {
  const values = encodings.get(valueOfAnyEncoding);
  values?.delete(value);
  if (values?.size === 0) encodings.delete(valueOfAnyEncoding);
}

function isUsable(entry: Entry | undefined, key: CacheKey): entry is Entry {
  return entry !== undefined && (key.headersOnly || !entry.headersOnly);
}

/** Whether a response is compressed, and in an encoding that the request accepts. */
function isEncodedFor(key: CacheKey, { headers }: HttpResponse): boolean {
  const encoding = headers["content-encoding"]?.[0]?.value.trim().toLowerCase();
  return encoding !== undefined && key.acceptEncoding.split(",").includes(encoding);
}

/** Drops what is not of the object: its age, and the headers that `no-cache="…"` names (CF-G-40). */
function withoutUncachedHeaders(response: HttpResponse): HttpResponse {
  const { uncachedHeaders } = parseCacheControl(response.headers);
  const headers = copyHeadersWithout(response.headers, ["age", ...uncachedHeaders]);
  return { ...response, headers };
}

/** An estimate in bytes: the body, the texts, and what an entry costs beside them. */
function entryBytes({ key, object }: Entry): number {
  let bytes = 512 + key.value.length * 2 + object.response.body.byteLength;
  for (const lines of Object.values(object.response.headers)) {
    for (const line of lines) bytes += 64 + line.key.length + line.value.length;
  }
  return bytes;
}
