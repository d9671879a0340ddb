import { LRUCache } from "lru-cache";
import type { CacheKey, CacheKeyComponent } from "../cache/cache-key.ts";
import type { CacheLifetime } from "../cache/cache-lifetime.ts";
import type { CacheCounts } from "./side-tally.ts";
import { hashAfter, hashNumber, hashText, type TextHash } from "./text-hash.ts";

/** How the cache would have done without a part of its key. */
export interface KeyCost {
  /** As in `cookie theme`. */
  readonly part: string;
  readonly counts: CacheCounts;
}

/** What is counted of cache keys. Plain data, which a state file can hold. */
export interface KeyTables {
  /** Of the keys as they are. */
  readonly whole: CacheCounts;
  readonly parts: KeyCost[];
  /** Parts of keys beyond the bound, which nothing is said of. */
  readonly unexamined: Set<string>;
}

export function emptyKeyTables(): KeyTables {
  return { whole: { hits: 0, misses: 0 }, parts: [], unexamined: new Set() };
}

/** Keys that are remembered in each simulation; those that were not used for longest go. */
const maxKeys = 50_000;
const maxParts = 12;
const maxUnexamined = 1000;

interface Simulation {
  readonly counts: CacheCounts;
  /** When each key, as its hash, expires, in milliseconds. */
  readonly expiries: LRUCache<number, number>;
}

/** A component of a key. */
interface HashedComponent {
  /** Undefined for what cannot be left out of a key. */
  readonly part: string | undefined;
  readonly hash: TextHash;
}

/**
 * Replays cache keys alone: once as they are, and once without each part of them. A key counts as a hit as long as its
 * object is fresh.
 */
export class KeyCosts {
  readonly #tables: KeyTables;
  readonly #whole: Simulation;
  readonly #without = new Map<string, Simulation>();

  /** @param tables are counted in */
  constructor(tables: KeyTables) {
    this.#tables = tables;
    this.#whole = { counts: tables.whole, expiries: new LRUCache({ max: maxKeys }) };
    for (const { part, counts } of tables.parts) {
      this.#without.set(part, { counts, expiries: new LRUCache({ max: maxKeys }) });
    }
  }

  /** @param location each edge location has keys of its own */
  add(
    { components }: CacheKey,
    lifetime: CacheLifetime | undefined,
    request: { readonly location: string; readonly nowMs: number; readonly weight: number },
  ): void {
    const hashed = components.map(hashedComponent);
    const location = hashText(request.location);
    for (const { part } of hashed) if (part !== undefined) this.#examine(part, request.weight);
    look(this.#whole, keyWithout(undefined, location, hashed), lifetime, request);
    for (const [part, simulation] of this.#without) {
      look(simulation, keyWithout(part, location, hashed), lifetime, request);
    }
  }

  /** Until a part occurs for the first time, keys without it are keys as they are. */
  #examine(part: string, weight: number): void {
    if (weight === 0 || this.#without.has(part)) return;
    if (this.#without.size >= maxParts) {
      if (this.#tables.unexamined.size < maxUnexamined) this.#tables.unexamined.add(part);
      return;
    }
    const expiries = new LRUCache<number, number>({ max: maxKeys });
    expiries.load(this.#whole.expiries.dump());
    const counts = { ...this.#whole.counts };
    this.#without.set(part, { counts, expiries });
    this.#tables.parts.push({ part, counts });
  }
}

function look(
  { counts, expiries }: Simulation,
  key: number,
  lifetime: CacheLifetime | undefined,
  { nowMs, weight }: { readonly nowMs: number; readonly weight: number },
): void {
  const expiresAtMs = expiries.get(key);
  if (expiresAtMs !== undefined && nowMs < expiresAtMs) {
    counts.hits += weight;
    return;
  }
  counts.misses += weight;
  if (lifetime?.stored === true) expiries.set(key, nowMs + lifetime.ttlSeconds * 1000);
}

function hashedComponent({ kind, name, value }: CacheKeyComponent): HashedComponent {
  const part = partOf(kind, name);
  return { part, hash: hashText(`${part ?? kind}=${value}`) };
}

/** A path and a method cannot be left out of a key. */
function partOf(kind: CacheKeyComponent["kind"], name: string): string | undefined {
  switch (kind) {
    case "path":
    case "method":
      return undefined;
    case "accept-encoding":
      return "header accept-encoding";
    case "querystring":
      return `query string parameter ${name}`;
    default:
      return `${kind} ${name}`;
  }
}

function keyWithout(
  without: string | undefined,
  location: TextHash,
  components: readonly HashedComponent[],
): number {
  let key = location;
  for (const { part, hash } of components) {
    if (part === undefined || part !== without) key = hashAfter(key, hash);
  }
  return hashNumber(key);
}
