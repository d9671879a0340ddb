import type { CacheKey } from "../../cache/cache-key.ts";
import type { CacheLifetime } from "../../cache/cache-lifetime.ts";
import { decideCacheLifetime } from "../../cache/decide-cache-lifetime.ts";
import type { HttpRequest, HttpResponse } from "../../http/http-message.ts";
import type { Origin } from "../../distribution/origins.ts";
import { compressResponse } from "../response/compress-response.ts";
import type { BehaviorScope } from "../request-context.ts";
import type { OriginOutcome } from "./origin-outcome.ts";

// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html#limits-web-distributions
// (LE-E-19, CF-G-41)
const maxCachedBytes = 50 * 1024 ** 3;

/** Compresses and stores what came from the origin, and returns it as it was stored. */
export async function storeOutcome(
  scope: BehaviorScope,
  request: HttpRequest,
  cacheKey: CacheKey,
  outcome: OriginOutcome,
): Promise<OriginOutcome> {
  if (outcome.kind === "function-failure") return outcome;
  if (outcome.response.isIncomplete === true) {
    scope.context.steps.push({ step: "not-stored", rule: "CF-G-41: the body broke off" });
    return outcome;
  }
  if (outcome.response.body.byteLength > maxCachedBytes) {
    scope.context.steps.push({ step: "not-stored", rule: "CF-G-41: the object is over 50 GB" });
    return outcome;
  }
  const response = await compressResponse(scope.cacheBehavior, request, outcome.response);
  const lifetime = lifetimeOf(scope, request, outcome.origin, response);
  recordStore(scope, cacheKey, response, lifetime);
  keepObject(scope, cacheKey, response, lifetime);
  return { ...outcome, response };
}

function recordStore(
  { context, cacheBehavior }: BehaviorScope,
  cacheKey: CacheKey,
  { body }: HttpResponse,
  lifetime: CacheLifetime,
): void {
  const bodyBytes = body.byteLength;
  context.steps.push(
    lifetime.stored
      ? { step: "cache-store", cacheKey, cacheBehavior, lifetime, bodyBytes }
      : { step: "not-stored", rule: lifetime.rule },
  );
}

/**
 * Stores a response in the place of what was stored before. One that may not be stored leaves
 * nothing of an older version, unless it is an error: that is no newer version.
 */
export function keepObject(
  { context }: BehaviorScope,
  cacheKey: CacheKey,
  response: HttpResponse,
  lifetime: CacheLifetime,
): void {
  const { objectCache } = context.ports;
  if (lifetime.stored) objectCache.store(cacheKey, response, lifetime);
  else if (response.status < 400) objectCache.forget(cacheKey);
}

/** Decides how long what came from an origin stays in the cache of this scope's cache behavior. */
export function lifetimeOf(
  scope: BehaviorScope,
  request: HttpRequest,
  origin: Origin,
  response: HttpResponse,
): CacheLifetime {
  const { distribution, clock } = scope.context.ports;
  const rule = distribution.customErrorResponses.find(
    ({ errorCode }) => errorCode === response.status,
  );
  return decideCacheLifetime({
    cachePolicy: scope.cacheBehavior.cachePolicy,
    method: request.method,
    status: response.status,
    headers: response.headers,
    originKind: origin.kind,
    ...(rule === undefined ? {} : { errorCachingMinTtlSeconds: rule.errorCachingMinTtlSeconds }),
    nowMs: clock.now(),
  });
}
