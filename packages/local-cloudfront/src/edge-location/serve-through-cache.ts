import { composeCacheKey, type CacheKey } from "../cache/cache-key.ts";
import { isCachingDisabled } from "../cache/cache-lifetime.ts";
import type { CacheBehavior } from "../distribution/distribution.ts";
import type { HttpRequest } from "../distribution/http-message.ts";
import { answerPart } from "./answer-part.ts";
import type { Leg, Served } from "./journey.ts";
import { requestFromOrigin } from "./request-from-origin.ts";
import { serveCollapsed } from "./serve-collapsed.ts";
import { serveExpired } from "./serve-expired.ts";
import { servedFromCache, servedFromOrigin } from "./served.ts";
import { storeOutcome } from "./store-outcome.ts";
import { viewerHeadersFor } from "./viewer-headers.ts";
import { whileInFlight } from "./while-in-flight.ts";

/**
 * Serves a request from the cache, at once, or from the origin and into the cache. Conditions and
 * ranges go to the origin where nothing is cached; else they are answered from the object.
 */
export function serveThroughCache(leg: Leg, request: HttpRequest): Served | Promise<Served> {
  const bypass = cacheBypass(leg.cacheBehavior, request);
  if (bypass !== undefined) {
    leg.journey.steps.push({ step: "cache-bypass", reason: bypass });
    return requestFromOrigin(leg, request, { kind: "pass-through" }).then(servedFromOrigin);
  }
  const served = serveObject(leg, request);
  return served instanceof Promise
    ? served.then((object) => answerPart(leg, request, object))
    : answerPart(leg, request, served);
}

function serveObject(leg: Leg, request: HttpRequest): Served | Promise<Served> {
  const { journey, cacheBehavior } = leg;
  const { distribution, objectCache } = journey.ports;
  const cacheKey = composeCacheKey(
    cacheBehavior,
    distribution.domainName,
    request,
    viewerHeadersFor(leg),
  );
  const lookup = objectCache.lookup(cacheKey);
  if (lookup.kind === "miss") {
    journey.steps.push({ step: "cache-miss", cacheKey, cacheBehavior });
    return serveMiss(leg, request, cacheKey);
  }
  const { kind, object, ageSeconds } = lookup;
  const { lifetime } = object;
  journey.steps.push({ step: `cache-${kind}`, cacheKey, cacheBehavior, ageSeconds, lifetime });
  return kind === "hit"
    ? servedFromCache(leg, object, ageSeconds)
    : serveExpired(leg, request, cacheKey, object);
}

/** Says why a request neither looks into the cache nor stores its answer; undefined where it does. */
function cacheBypass(cacheBehavior: CacheBehavior, request: HttpRequest): string | undefined {
  if (!cacheBehavior.cachedMethods.includes(request.method)) {
    return `LE-A-45: ${request.method} is not a cached method`;
  }
  if (isCachingDisabled(cacheBehavior.cachePolicy)) {
    return `CF-G-14: all TTLs of ${cacheBehavior.cachePolicy.name} are 0`;
  }
  return undefined;
}

async function serveMiss(leg: Leg, request: HttpRequest, cacheKey: CacheKey): Promise<Served> {
  const collapsed = await serveCollapsed(leg, cacheKey);
  if (collapsed !== undefined) return collapsed;
  return whileInFlight(leg.journey.state, cacheKey, async () => {
    const outcome = await requestFromOrigin(leg, request, { kind: "whole-object" });
    return servedFromOrigin(await storeOutcome(leg, request, cacheKey, outcome));
  });
}
