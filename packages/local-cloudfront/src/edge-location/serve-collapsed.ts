import type { CacheKey } from "../cache/cache-key.ts";
import { forwardsCookies } from "../distribution/name-selection.ts";
import type { Leg, Served } from "./journey.ts";
import { servedFromCache } from "./served.ts";

/**
 * Waits for an identical request that is on its way to the origin, and serves what it has put into
 * the cache (LE-A-43); undefined where there is none, or where its answer was not for others. Where
 * cookies make answers personal, nothing waits for another's (LE-A-44).
 */
export async function serveCollapsed(leg: Leg, cacheKey: CacheKey): Promise<Served | undefined> {
  const { journey, cacheBehavior } = leg;
  const leader = journey.state.inFlight.get(cacheKey.value);
  if (leader === undefined || forwardsCookies(cacheBehavior)) return undefined;
  journey.steps.push({ step: "collapsed", cacheKey, cacheBehavior });
  await leader;
  const lookup = journey.ports.objectCache.lookup(cacheKey);
  return lookup.kind === "hit" ? servedFromCache(leg, lookup.object, lookup.ageSeconds) : undefined;
}
