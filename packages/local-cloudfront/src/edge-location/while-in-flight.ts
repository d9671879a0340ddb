import type { CacheKey } from "../cache/cache-key.ts";
import type { EdgeState } from "./journey.ts";

/** Does the work while others can see, and wait for, the origin request of this cache key. */
export async function whileInFlight<T>(
  { inFlight }: EdgeState,
  cacheKey: CacheKey,
  work: () => Promise<T>,
): Promise<T> {
  const { promise: settled, resolve } = Promise.withResolvers<void>();
  inFlight.set(cacheKey.value, settled);
  try {
    return await work();
  } finally {
    if (inFlight.get(cacheKey.value) === settled) inFlight.delete(cacheKey.value);
    resolve();
  }
}
