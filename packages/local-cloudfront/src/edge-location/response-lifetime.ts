import { decideCacheLifetime, type CacheLifetime } from "../cache/cache-lifetime.ts";
import type { HttpRequest } from "../distribution/http-message.ts";
import type { Leg } from "./journey.ts";
import type { OriginOutcome } from "./request-from-origin.ts";

/** Error responses are cached for ten seconds unless the distribution says otherwise (CF-G-21). */
const defaultErrorCachingMinTtlSeconds = 10;

/** Decides how long what came from an origin stays in the cache of this leg's behavior. */
export function lifetimeOf(
  leg: Leg,
  request: HttpRequest,
  outcome: Exclude<OriginOutcome, { kind: "function-failure" }>,
): CacheLifetime {
  const { distribution, clock } = leg.journey.ports;
  const { response, origin } = outcome;
  const rule = distribution.customErrorResponses.find(
    (candidate) => candidate.errorCode === response.status,
  );
  return decideCacheLifetime({
    cachePolicy: leg.cacheBehavior.cachePolicy,
    method: request.method,
    status: response.status,
    headers: response.headers,
    originKind: origin.kind,
    errorCachingMinTtlSeconds: rule?.errorCachingMinTtlSeconds ?? defaultErrorCachingMinTtlSeconds,
    nowMs: clock.now(),
  });
}
