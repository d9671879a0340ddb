import type { HttpHeaders } from "../http/http-message.ts";
import type { Origin } from "../distribution/origins.ts";
import type { CachePolicy } from "../distribution/policies.ts";
import type { CacheControl } from "./cache-control.ts";
import { notStored, type CacheLifetime } from "./cache-lifetime.ts";
import { headerLifetime } from "./header-lifetime.ts";

/** What the lifetime of an error response depends on. */
export interface ErrorLifetimeInput {
  readonly cachePolicy: CachePolicy;
  readonly status: number;
  readonly headers: HttpHeaders;
  readonly cacheControl: CacheControl;
  readonly originKind: Origin["kind"];
  readonly errorCachingMinTtlSeconds: number;
  readonly nowMs: number;
}

// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/HTTPStatusCodes.html#HTTPStatusCodes-cached-errors
// (CF-G-20)
const alwaysCached: ReadonlySet<number> = new Set([404, 414, 500, 501, 502, 503, 504]);
const cachedWithMaxAge: ReadonlySet<number> = new Set([400, 403, 405, 412, 415]);

// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/custom-error-pages-expiration.html
// (CF-G-22)
const respectsNoStore: ReadonlySet<number> = new Set([404, 410, 414, 501]);

/** Seconds for which errors of S3 are cached even where none are asked for (CF-G-23). */
const s3MinErrorTtlSeconds = 1;

/**
 * Decides the lifetime of a response whose status is 400 or higher (CF-G-20 to CF-G-24).
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/custom-error-pages-expiration.html
 */
export function decideErrorLifetime(input: ErrorLifetimeInput): CacheLifetime {
  const { cachePolicy, headers, cacheControl, nowMs, originKind } = input;
  const refusal = refuseToStore(input);
  if (refusal !== undefined) return notStored(refusal);

  const minSeconds =
    originKind === "s3"
      ? Math.max(s3MinErrorTtlSeconds, input.errorCachingMinTtlSeconds)
      : input.errorCachingMinTtlSeconds;
  const asked = headerLifetime(cacheControl, headers, nowMs);
  const askedSeconds = Math.min(asked?.seconds ?? 0, cachePolicy.maxTtlSeconds);
  return {
    stored: true,
    ttlSeconds: Math.max(minSeconds, askedSeconds),
    staleWhileRevalidateSeconds: 0,
    staleIfErrorSeconds: 0,
    rule: ruleOf(input, minSeconds, asked?.source, askedSeconds),
  };
}

function refuseToStore({
  status,
  cacheControl,
  originKind,
}: ErrorLifetimeInput): string | undefined {
  const { noCache, noStore, isPrivate, maxAgeSeconds, sMaxageSeconds } = cacheControl;
  if (respectsNoStore.has(status) && (noCache || noStore || isPrivate)) {
    return status === 501 && originKind === "s3"
      ? "CF-G-24: a 501 of S3 with no-cache, no-store or private is not cached"
      : `CF-G-22: no-cache, no-store and private keep a ${status} out of the cache`;
  }
  if (alwaysCached.has(status)) return undefined;
  if (!cachedWithMaxAge.has(status)) return `CF-G-20: a ${status} is never cached`;
  if (maxAgeSeconds === undefined && sMaxageSeconds === undefined) {
    return `CF-G-20: a ${status} is cached only with max-age or s-maxage`;
  }
  return undefined;
}

function ruleOf(
  { errorCachingMinTtlSeconds }: ErrorLifetimeInput,
  minSeconds: number,
  source: string | undefined,
  askedSeconds: number,
): string {
  if (source !== undefined && askedSeconds > minSeconds) {
    return `CF-G-21: ${source}, within the maximum TTL, is longer than the error caching minimum TTL`;
  }
  return minSeconds > errorCachingMinTtlSeconds
    ? "CF-G-23: errors of S3 are cached for at least 1 second"
    : "CF-G-21: error caching minimum TTL";
}
