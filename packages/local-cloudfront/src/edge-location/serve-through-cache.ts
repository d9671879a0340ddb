import { composeCacheKey, type CacheKey } from "../cache/cache-key.ts";
import type { CachedObject } from "../cache/object-cache.ts";
import type { CacheBehavior } from "../distribution/distribution.ts";
import type { HttpRequest, HttpResponse } from "../distribution/http-message.ts";
import { compressResponse } from "./compress-response.ts";
import { recordSkipped } from "./function-steps.ts";
import { withHeaders } from "./http-headers.ts";
import type { Leg, Served } from "./journey.ts";
import { lifetimeOf } from "./response-lifetime.ts";
import { requestFromOrigin, type OriginOutcome } from "./request-from-origin.ts";

/** Serves a request from the cache, or from the origin and into the cache. */
export async function serveThroughCache(leg: Leg, request: HttpRequest): Promise<Served> {
  const { journey, cacheBehavior } = leg;
  const bypass = cacheBypass(cacheBehavior, request);
  if (bypass !== undefined) {
    journey.steps.push({ step: "cache-bypass", reason: bypass });
    return servedFromOrigin(leg, await requestFromOrigin(leg, request, undefined), request);
  }

  const { distribution, objectCache } = journey.ports;
  const cacheKey = composeCacheKey(cacheBehavior, distribution.domainName, request);
  const lookup = objectCache.lookup(cacheKey);
  switch (lookup.kind) {
    case "hit":
      journey.steps.push({ step: "cache-hit", cacheKey, ageSeconds: lookup.ageSeconds });
      return servedFromCache(leg, lookup.object, lookup.ageSeconds, "Hit");
    case "expired":
      journey.steps.push({ step: "cache-expired", cacheKey, ageSeconds: lookup.ageSeconds });
      return serveExpired(leg, request, cacheKey, lookup.object);
    case "miss":
      journey.steps.push({ step: "cache-miss", cacheKey });
      return serveMiss(leg, request, cacheKey);
  }
}

/** Says why a request neither looks into the cache nor stores its answer; undefined where it does. */
function cacheBypass(cacheBehavior: CacheBehavior, request: HttpRequest): string | undefined {
  const { maxTtlSeconds, defaultTtlSeconds, minTtlSeconds, name } = cacheBehavior.cachePolicy;
  if (!cacheBehavior.cachedMethods.includes(request.method)) {
    return `LE-A-45: ${request.method} is not a cached method`;
  }
  if (maxTtlSeconds === 0 && defaultTtlSeconds === 0 && minTtlSeconds === 0) {
    return `CF-G-14: all TTLs of ${name} are 0`;
  }
  return undefined;
}

async function serveMiss(leg: Leg, request: HttpRequest, cacheKey: CacheKey): Promise<Served> {
  const { journey, cacheBehavior } = leg;
  const { inFlight } = journey.state;
  const leader = mayCollapse(cacheBehavior) ? inFlight.get(cacheKey.value) : undefined;
  if (leader !== undefined) {
    journey.steps.push({ step: "collapsed", cacheKey });
    await leader;
    const lookup = journey.ports.objectCache.lookup(cacheKey);
    if (lookup.kind === "hit") return servedFromCache(leg, lookup.object, lookup.ageSeconds, "Hit");
  }
  return whileInFlight(leg, cacheKey, async () => {
    const outcome = await requestFromOrigin(leg, request, undefined);
    return servedFromOrigin(leg, await storeOutcome(leg, request, cacheKey, outcome), request);
  });
}

async function serveExpired(
  leg: Leg,
  request: HttpRequest,
  cacheKey: CacheKey,
  object: CachedObject,
): Promise<Served> {
  const { journey } = leg;
  const staleSeconds = (journey.ports.clock.now() - object.expiresAtMs) / 1000;
  const ageSeconds = Math.floor((journey.ports.clock.now() - object.storedAtMs) / 1000);
  if (staleSeconds < object.lifetime.staleWhileRevalidateSeconds) {
    journey.steps.push({ step: "serve-stale", reason: "CF-G-16: stale-while-revalidate" });
    if (!journey.state.inFlight.has(cacheKey.value)) {
      void whileInFlight(leg, cacheKey, () =>
        refresh(backgroundLeg(leg), request, cacheKey, object),
      );
    }
    return servedFromCache(leg, object, ageSeconds, "Hit");
  }
  return whileInFlight(leg, cacheKey, () => refresh(leg, request, cacheKey, object));
}

/** Revalidates an expired object with the origin, and falls back on it when the origin fails. */
async function refresh(
  leg: Leg,
  request: HttpRequest,
  cacheKey: CacheKey,
  object: CachedObject,
): Promise<Served> {
  const { journey } = leg;
  const outcome = await requestFromOrigin(leg, request, object.response.headers);
  if (
    outcome.kind === "response" &&
    outcome.originStatus === 304 &&
    outcome.response.status === 304
  ) {
    const response = {
      ...object.response,
      headers: { ...object.response.headers, ...refreshedHeaders(outcome.response) },
    };
    const lifetime = lifetimeOf(leg, request, { ...outcome, response });
    journey.steps.push({ step: "cache-refresh", cacheKey, lifetime });
    journey.ports.objectCache.store(cacheKey, response, lifetime);
    return {
      response,
      resultType: "RefreshHit",
      viewerResponseSkipped: undefined,
      fromOrigin: true,
    };
  }
  const stale = staleReason(leg, outcome, object);
  if (stale !== undefined) {
    journey.steps.push({ step: "serve-stale", reason: stale });
    const ageSeconds = Math.floor((journey.ports.clock.now() - object.storedAtMs) / 1000);
    return servedFromCache(leg, object, ageSeconds, "Hit");
  }
  return servedFromOrigin(leg, await storeOutcome(leg, request, cacheKey, outcome), request);
}

/** A 304 carries the headers that changed; these describe a body that it does not have. */
function refreshedHeaders(notModified: HttpResponse): HttpResponse["headers"] {
  const {
    "content-length": _length,
    "content-type": _type,
    "content-encoding": _encoding,
    etag: _etag,
    ...rest
  } = notModified.headers;
  return rest;
}

/** Says by which rule an expired object is served although the origin failed (CF-G-17 to CF-G-19). */
function staleReason(leg: Leg, outcome: OriginOutcome, object: CachedObject): string | undefined {
  if (outcome.kind === "function-failure") return undefined;
  if (outcome.kind === "response" && outcome.response.status < 500) return undefined;
  if (object.response.status >= 400) return undefined;
  const { staleIfErrorSeconds } = object.lifetime;
  const staleSeconds = (leg.journey.ports.clock.now() - object.expiresAtMs) / 1000;
  if (staleIfErrorSeconds === undefined) return "CF-G-18: the origin failed, no stale-if-error";
  return staleSeconds < staleIfErrorSeconds ? "CF-G-17: stale-if-error" : undefined;
}

/** Compresses and stores what came from the origin, and returns it as it was stored. */
async function storeOutcome(
  leg: Leg,
  request: HttpRequest,
  cacheKey: CacheKey,
  outcome: OriginOutcome,
): Promise<OriginOutcome> {
  if (outcome.kind === "function-failure") return outcome;
  const response =
    request.method === "HEAD"
      ? outcome.response
      : await compressResponse(leg.cacheBehavior, request, outcome.response);
  const stored: OriginOutcome = { ...outcome, response };
  const lifetime = lifetimeOf(leg, request, stored);
  // FIDELITY P-12: a HEAD that misses goes to the origin as HEAD; its answer has no body to store.
  if (lifetime.stored && request.method !== "HEAD") {
    leg.journey.steps.push({ step: "cache-store", cacheKey, lifetime });
    leg.journey.ports.objectCache.store(cacheKey, response, lifetime);
  }
  return stored;
}

function servedFromOrigin(leg: Leg, outcome: OriginOutcome, _request: HttpRequest): Served {
  if (outcome.kind === "function-failure") return outcome.served;
  const { response } = outcome;
  if (outcome.kind === "origin-failure") {
    return {
      response,
      resultType: "Error",
      viewerResponseSkipped: errorSkip(response),
      fromOrigin: true,
    };
  }
  if (outcome.generated) {
    return {
      response,
      resultType: "LambdaGeneratedResponse",
      viewerResponseSkipped: response.status >= 400 ? errorSkip(response) : undefined,
      fromOrigin: true,
    };
  }
  return {
    response,
    resultType: response.status >= 400 ? "Error" : "Miss",
    viewerResponseSkipped: response.status >= 400 ? errorSkip(response) : undefined,
    fromOrigin: true,
  };
}

function servedFromCache(
  leg: Leg,
  object: CachedObject,
  ageSeconds: number,
  resultType: "Hit",
): Served {
  const { response } = object;
  const skipped = response.status >= 400 ? errorSkip(response) : undefined;
  for (const eventType of ["origin-request", "origin-response"] as const) {
    recordSkipped(leg, eventType, "LE-A-02: the object is in the cache");
  }
  return {
    response: { ...response, headers: withHeaders(response.headers, { Age: String(ageSeconds) }) },
    resultType: skipped === undefined ? resultType : "Error",
    viewerResponseSkipped: skipped,
    fromOrigin: true,
  };
}

function errorSkip(response: HttpResponse): string {
  return `LE-A-08: the origin's status is ${response.status}`;
}

/** Whether concurrent identical requests wait for the first (LE-A-44). */
function mayCollapse(cacheBehavior: CacheBehavior): boolean {
  return (
    cacheBehavior.cachePolicy.cookies.behavior === "none" &&
    (cacheBehavior.originRequestPolicy?.cookies.behavior ?? "none") === "none"
  );
}

async function whileInFlight<T>(leg: Leg, cacheKey: CacheKey, work: () => Promise<T>): Promise<T> {
  const { inFlight } = leg.journey.state;
  const running = work();
  const settled = running.then(
    () => undefined,
    () => undefined,
  );
  inFlight.set(cacheKey.value, settled);
  try {
    return await running;
  } finally {
    if (inFlight.get(cacheKey.value) === settled) inFlight.delete(cacheKey.value);
  }
}

/** The same leg with a trace of its own: the viewer's journey is over before a background refresh is. */
function backgroundLeg(leg: Leg): Leg {
  return { ...leg, journey: { ...leg.journey, steps: [] } };
}
