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

/** Keys that are remembered in each simulation; those that were not used for longest go. */
const maxKeys = 50_000;
const maxParts = 12;

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
  readonly #whole: Simulation;
  readonly #without = new Map<string, Simulation>();
  /** Parts of keys beyond the bound, which nothing is said of. */
  readonly #unexamined = new Set<string>();

  constructor(whole: CacheCounts = { hits: 0, misses: 0 }, parts: readonly KeyCost[] = []) {
    this.#whole = { counts: whole, expiries: new LRUCache({ max: maxKeys }) };
    for (const { part, counts } of parts) {
      this.#without.set(part, { counts, expiries: new LRUCache({ max: maxKeys }) });
    }
  }

  /** Of the keys as they are. */
  get whole(): CacheCounts {
    return this.#whole.counts;
  }

  /** The part that costs most comes first. */
  get parts(): readonly KeyCost[] {
    return [...this.#without]
      .map(([part, { counts }]) => ({ part, counts }))
      .toSorted((a, b) => b.counts.hits - a.counts.hits);
  }

  get unexaminedParts(): number {
    return this.#unexamined.size;
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
      if (this.#unexamined.size < 1000) this.#unexamined.add(part);
      return;
    }
    const expiries = new LRUCache<number, number>({ max: maxKeys });
    expiries.load(this.#whole.expiries.dump());
    this.#without.set(part, { counts: { ...this.#whole.counts }, expiries });
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
