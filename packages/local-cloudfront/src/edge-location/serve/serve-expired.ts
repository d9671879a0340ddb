import { copyHeaders } from "../../http/empty-headers.ts";
import { ageSeconds } from "../../cache/age.ts";
import type { CacheKey } from "../../cache/cache-key.ts";
import type { CachedObject } from "../../cache/object-cache.ts";
import type { HttpRequest, HttpResponse } from "../../http/http-message.ts";
import { mayServeOnOriginError, mayServeWhileRevalidating } from "../../cache/stale-windows.ts";

import type { BehaviorScope, ServedResponse } from "../request-context.ts";
import type { OriginIntent, OriginOutcome } from "./origin-outcome.ts";
import { requestFromOrigin } from "./request-from-origin.ts";
import { findLeader, serveCollapsed, whileInFlight } from "./request-collapsing.ts";
import { servedFromCache, servedFromOrigin, servedFromRefresh } from "./served-response.ts";
import { keepObject, lifetimeOf, storeOutcome } from "./store-outcome.ts";

/** Serves an object that has expired: revalidated, or stale where a directive allows it. */
export async function serveExpired(
  scope: BehaviorScope,
  request: HttpRequest,
  cacheKey: CacheKey,
  object: CachedObject,
): Promise<ServedResponse> {
  const { context } = scope;
  const revalidation = { scope, request, cacheKey, object };
  if (!mayServeWhileRevalidating(object, context.ports.clock.now())) {
    const leader = findLeader(scope, cacheKey);
    const collapsed = leader && (await serveCollapsed(scope, cacheKey, leader));
    return collapsed ?? whileInFlight(context.state, cacheKey, () => refresh(revalidation));
  }
  if (!context.state.inFlight.has(cacheKey.value)) {
    const background = { ...revalidation, scope: backgroundScope(scope) };
    // What goes wrong here has no viewer to tell: the object stays, and the next request asks again.
    context.state.pendingWork
      .during(() => whileInFlight(context.state, cacheKey, () => refresh(background)))
      .catch(() => undefined);
  }
  return serveStale(scope, object, "CF-G-16: stale-while-revalidate");
}

interface Revalidation {
  readonly scope: BehaviorScope;
  readonly request: HttpRequest;
  readonly cacheKey: CacheKey;
  readonly object: CachedObject;
}

/** Asks the origin whether the object has changed, and falls back on it when the origin fails. */
async function refresh({
  scope,
  request,
  cacheKey,
  object,
}: Revalidation): Promise<ServedResponse> {
  const { context } = scope;
  const outcome = await requestFromOrigin(scope, request, intentFor(object));
  if (outcome.kind === "response" && outcome.response.status === 304) {
    const response = refreshed(object.response, outcome.response);
    const lifetime = lifetimeOf(scope, request, outcome.origin, response);
    context.steps.push({
      step: "cache-refresh",
      cacheKey,
      cacheBehavior: scope.cacheBehavior,
      lifetime,
      bodyBytes: response.body.byteLength,
    });
    keepObject(scope, cacheKey, response, lifetime);
    return servedFromRefresh(response);
  }
  const stale = staleReason(scope, outcome, object);
  if (stale !== undefined && outcome.kind !== "function-failure") {
    const { status } = outcome.response;
    context.ports.objectCache.prolong(cacheKey, errorCachingSeconds(scope, status));
    return serveStale(scope, object, stale);
  }
  return servedFromOrigin(await storeOutcome(scope, request, cacheKey, outcome));
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
function staleReason(
  scope: BehaviorScope,
  outcome: OriginOutcome,
  object: CachedObject,
): string | undefined {
  if (outcome.kind === "function-failure" || outcome.response.status < 500) return undefined;
  const { context, cacheBehavior } = scope;
  if (!mayServeOnOriginError(object, cacheBehavior.cachePolicy, context.ports.clock.now())) {
    return undefined;
  }
  return object.lifetime.staleIfErrorSeconds === undefined
    ? "CF-G-18: the origin failed, and has no stale-if-error"
    : "CF-G-17: stale-if-error";
}

/** For how long the origin is left alone after it failed: the error caching minimum TTL. */
function errorCachingSeconds(scope: BehaviorScope, status: number): number {
  const { customErrorResponses } = scope.context.ports.distribution;
  const rule = customErrorResponses.find(({ errorCode }) => errorCode === status);
  return rule?.errorCachingMinTtlSeconds ?? 10;
}

function serveStale(scope: BehaviorScope, object: CachedObject, reason: string): ServedResponse {
  scope.context.steps.push({ step: "serve-stale", reason });
  return servedFromCache(
    scope,
    object,
    ageSeconds(object.storedAtMs, scope.context.ports.clock.now()),
  );
}

/** The same scope with a trace of its own: the viewer's context ends before a background refresh does. */
function backgroundScope(scope: BehaviorScope): BehaviorScope {
  return { ...scope, context: { ...scope.context, steps: [] } };
}
