import { copyHeaders } from "../distribution/empty-headers.ts";
import { ageSeconds } from "../cache/age.ts";
import type { CacheKey } from "../cache/cache-key.ts";
import type { CachedObject } from "../cache/object-cache.ts";
import type { HttpRequest, HttpResponse } from "../distribution/http-message.ts";
import { mayServeOnOriginError, mayServeWhileRevalidating } from "../cache/stale-windows.ts";

import type { Leg, Served } from "./journey.ts";
import type { OriginIntent, OriginOutcome } from "./origin-outcome.ts";
import { requestFromOrigin } from "./request-from-origin.ts";
import { serveCollapsed } from "./serve-collapsed.ts";
import { servedFromCache, servedFromOrigin, servedFromRefresh } from "./served.ts";
import { keepObject, lifetimeOf, storeOutcome } from "./store-outcome.ts";
import { whileInFlight } from "./while-in-flight.ts";

/** Serves an object that has expired: revalidated, or stale where a directive allows it. */
export async function serveExpired(
  leg: Leg,
  request: HttpRequest,
  cacheKey: CacheKey,
  object: CachedObject,
): Promise<Served> {
  const { journey } = leg;
  const revalidation = { leg, request, cacheKey, object };
  if (!mayServeWhileRevalidating(object, journey.ports.clock.now())) {
    return (
      (await serveCollapsed(leg, cacheKey)) ??
      whileInFlight(journey.state, cacheKey, () => refresh(revalidation))
    );
  }
  if (!journey.state.inFlight.has(cacheKey.value)) {
    const background = { ...revalidation, leg: backgroundLeg(leg) };
    // What goes wrong here has no viewer to tell: the object stays, and the next request asks again.
    journey.state.underWay
      .during(() => whileInFlight(journey.state, cacheKey, () => refresh(background)))
      .catch(() => undefined);
  }
  return serveStale(leg, object, "CF-G-16: stale-while-revalidate");
}

interface Revalidation {
  readonly leg: Leg;
  readonly request: HttpRequest;
  readonly cacheKey: CacheKey;
  readonly object: CachedObject;
}

/** Asks the origin whether the object has changed, and falls back on it when the origin fails. */
async function refresh({ leg, request, cacheKey, object }: Revalidation): Promise<Served> {
  const { journey } = leg;
  const outcome = await requestFromOrigin(leg, request, intentFor(object));
  if (outcome.kind === "response" && outcome.response.status === 304) {
    const response = refreshed(object.response, outcome.response);
    const lifetime = lifetimeOf(leg, request, outcome.origin, response);
    journey.steps.push({
      step: "cache-refresh",
      cacheKey,
      cacheBehavior: leg.cacheBehavior,
      lifetime,
      bodyBytes: response.body.byteLength,
    });
    keepObject(leg, cacheKey, response, lifetime);
    return servedFromRefresh(response);
  }
  const stale = staleReason(leg, outcome, object);
  if (stale !== undefined && outcome.kind !== "function-failure") {
    const { status } = outcome.response;
    journey.ports.objectCache.prolong(cacheKey, errorCachingSeconds(leg, status));
    return serveStale(leg, object, stale);
  }
  return servedFromOrigin(await storeOutcome(leg, request, cacheKey, outcome));
}

/** An error is not revalidated, but asked for anew: the object may be there by now (CF-G-21). */
function intentFor({ response, lifetime }: CachedObject): OriginIntent {
  return lifetime.revalidatesUnconditionally === true || response.status >= 400
    ? { kind: "whole-object" }
    : { kind: "revalidation", validators: response.headers };
}

/** A 304 carries the headers that changed; these describe the stored body, compressed or not (CF-G-33). */
const bodyHeaders: readonly string[] = [
  "content-encoding",
  "content-length",
  "content-type",
  "etag",
  "transfer-encoding",
  "vary",
];

function refreshed(stored: HttpResponse, notModified: HttpResponse): HttpResponse {
  const headers = copyHeaders(stored.headers);
  for (const [name, lines] of Object.entries(notModified.headers)) {
    if (!bodyHeaders.includes(name)) headers[name] = lines;
  }
  return { ...stored, headers };
}

/** Says by which rule an expired object is served although the origin failed (CF-G-17 to CF-G-19). */
function staleReason(leg: Leg, outcome: OriginOutcome, object: CachedObject): string | undefined {
  if (outcome.kind === "function-failure" || outcome.response.status < 500) return undefined;
  const { journey, cacheBehavior } = leg;
  if (!mayServeOnOriginError(object, cacheBehavior.cachePolicy, journey.ports.clock.now())) {
    return undefined;
  }
  return object.lifetime.staleIfErrorSeconds === undefined
    ? "CF-G-18: the origin failed, and has no stale-if-error"
    : "CF-G-17: stale-if-error";
}

/** For how long the origin is left alone after it failed: the error caching minimum TTL. */
function errorCachingSeconds(leg: Leg, status: number): number {
  const { customErrorResponses } = leg.journey.ports.distribution;
  const rule = customErrorResponses.find(({ errorCode }) => errorCode === status);
  return rule?.errorCachingMinTtlSeconds ?? 10;
}

function serveStale(leg: Leg, object: CachedObject, reason: string): Served {
  leg.journey.steps.push({ step: "serve-stale", reason });
  return servedFromCache(leg, object, ageSeconds(object.storedAtMs, leg.journey.ports.clock.now()));
}

/** The same leg with a trace of its own: the viewer's journey ends before a background refresh does. */
function backgroundLeg(leg: Leg): Leg {
  return { ...leg, journey: { ...leg.journey, steps: [] } };
}
