import type { CacheKey } from "../../cache/cache-key.ts";
import { forwardsCookies } from "../../distribution/name-selection.ts";
import type { BehaviorScope, EdgeState, ServedResponse } from "../request-context.ts";
import { servedFromCache } from "./served-response.ts";

/**
 * Returns the identical request that is on its way to the origin (LE-A-43); undefined where there is
 * none. Where cookies make responses personal, nothing waits for another's (LE-A-44).
 *
 * Whoever finds none has to call `whileInFlight` in the same turn: between the two no other request
 * may look.
 */
export function findLeader(
  { context, cacheBehavior }: BehaviorScope,
  cacheKey: CacheKey,
): Promise<void> | undefined {
  if (forwardsCookies(cacheBehavior)) return undefined;
  const { inFlight } = context.state;
  const whole = inFlight.get(cacheKey.value);
  return cacheKey.headersOnly ? (whole ?? inFlight.get(nameOf(cacheKey))) : whole;
}

/** A HEAD brings no body: what needs one does not wait for it. */
function nameOf({ value, headersOnly }: CacheKey): string {
  return headersOnly ? `HEAD ${value}` : value;
}

/** Waits for a leader, and serves what it has stored; undefined where its response was not for others. */
export async function serveCollapsed(
  scope: BehaviorScope,
  cacheKey: CacheKey,
  leader: Promise<void>,
): Promise<ServedResponse | undefined> {
  const { context, cacheBehavior } = scope;
  context.steps.push({ step: "collapsed", cacheKey, cacheBehavior });
  await leader;
  const lookup = context.ports.objectCache.lookup(cacheKey);
  return lookup.kind === "hit"
    ? servedFromCache(scope, lookup.object, lookup.ageSeconds)
    : undefined;
}

/** Does the work while others can see, and wait for, the origin request of this cache key. */
export async function whileInFlight<T>(
  { inFlight }: EdgeState,
  cacheKey: CacheKey,
  work: () => Promise<T>,
): Promise<T> {
  const { promise: settled, resolve } = Promise.withResolvers<void>();
  const name = nameOf(cacheKey);
  inFlight.set(name, settled);
  try {
    return await work();
  } finally {
    if (inFlight.get(name) === settled) inFlight.delete(name);
    resolve();
  }
}
