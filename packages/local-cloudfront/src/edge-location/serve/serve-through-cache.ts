import { composeCacheKey, type CacheKey } from "../../cache/cache-key.ts";
import { isCachingDisabled } from "../../cache/cache-lifetime.ts";
import type { CacheBehavior } from "../../distribution/distribution.ts";
import type { HttpRequest } from "../../http/http-message.ts";
import { partialResponse } from "../response/partial-response.ts";
import type { BehaviorScope, ServedResponse } from "../request-context.ts";
import { requestFromOrigin } from "./request-from-origin.ts";
import { findLeader, serveCollapsed, whileInFlight } from "./request-collapsing.ts";
import { serveExpired } from "./serve-expired.ts";
import { servedFromCache, servedFromOrigin } from "./served-response.ts";
import { storeOutcome } from "./store-outcome.ts";
import { viewerHeadersFor } from "../request/viewer-headers.ts";

/**
 * Serves a request from the cache, or from the origin and into the cache. Conditions and ranges go
 * to the origin where nothing is cached; else they are answered from the object.
 */
export async function serveThroughCache(
  scope: BehaviorScope,
  request: HttpRequest,
): Promise<ServedResponse> {
  const bypass = cacheBypass(scope.cacheBehavior, request);
  if (bypass !== undefined) {
    scope.context.steps.push({ step: "cache-bypass", reason: bypass });
    return servedFromOrigin(await requestFromOrigin(scope, request, { kind: "pass-through" }));
  }
  return partialResponse(scope, request, await serveObject(scope, request));
}

async function serveObject(scope: BehaviorScope, request: HttpRequest): Promise<ServedResponse> {
  const { context, cacheBehavior } = scope;
  const { distribution, objectCache } = context.ports;
  const cacheKey = composeCacheKey(
    cacheBehavior,
    distribution.domainName,
    request,
    viewerHeadersFor(scope),
  );
  const lookup = objectCache.lookup(cacheKey);
  if (lookup.kind === "miss") {
    context.steps.push({ step: "cache-miss", cacheKey, cacheBehavior });
    return serveMiss(scope, request, cacheKey);
  }
  const { kind, object, ageSeconds } = lookup;
  const { lifetime } = object;
  context.steps.push({ step: `cache-${kind}`, cacheKey, cacheBehavior, ageSeconds, lifetime });
  return kind === "hit"
    ? servedFromCache(scope, object, ageSeconds)
    : serveExpired(scope, request, cacheKey, object);
}

/** Says why a request neither looks into the cache nor stores its response; undefined where it does. */
function cacheBypass(cacheBehavior: CacheBehavior, request: HttpRequest): string | undefined {
  if (!cacheBehavior.cachedMethods.includes(request.method)) {
    return `LE-A-45: ${request.method} is not a cached method`;
  }
  if (isCachingDisabled(cacheBehavior.cachePolicy)) {
    return `CF-G-14: all TTLs of ${cacheBehavior.cachePolicy.name} are 0`;
  }
  return undefined;
}

async function serveMiss(
  scope: BehaviorScope,
  request: HttpRequest,
  cacheKey: CacheKey,
): Promise<ServedResponse> {
  const leader = findLeader(scope, cacheKey);
  const collapsed = leader && (await serveCollapsed(scope, cacheKey, leader));
  if (collapsed !== undefined) return collapsed;
  return whileInFlight(scope.context.state, cacheKey, async () => {
    const outcome = await requestFromOrigin(scope, request, { kind: "whole-object" });
    return servedFromOrigin(await storeOutcome(scope, request, cacheKey, outcome));
  });
}
