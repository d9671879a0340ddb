import type { ErrorRule, ModelBehavior } from "./scenario.ts";

/** A response on its way to the viewer. */
export interface ModelResponse {
  readonly status: number;
  readonly cacheControl: string | undefined;
  readonly etag: string | undefined;
  /** Names of functions that have marked it. */
  readonly marks: readonly string[];
  /** The header X-Policy: the origin sets it in all its responses. */
  readonly policyHeader: string | undefined;
  readonly body: string;
  readonly encoding: "gzip" | undefined;
  /** Whether it says how long it is, as what an origin sends does. */
  readonly hasLength: boolean;
}

/** A response in the cache. */
export interface StoredResponse {
  readonly response: ModelResponse;
  readonly storedAt: number;
  readonly ttl: number;
  /** When it is not fresh any more; later than its TTL says where the origin has failed. */
  readonly expiresAt: number;
  /** What a HEAD has brought without a body: it serves only HEAD (CF-G-01). */
  readonly headersOnly: boolean;
  /** A GET is not identical to the HEAD that has brought it, and does not wait for that. */
  readonly isOfHead: boolean;
}

/** Of Cache-Control: the number behind a directive, `true` for one without. */
function directive(cacheControl: string | undefined, name: string): number | true | undefined {
  const parts = (cacheControl ?? "").split(", ").map((part) => part.split("="));
  const found = parts.find(([each]) => each === name);
  return found && (found[1] === undefined ? true : Number(found[1]));
}

/** Seconds that the origin asks for: s-maxage wins over max-age (CF-G-08). */
function askedTtl({ cacheControl }: ModelResponse): number | undefined {
  const asked = directive(cacheControl, "s-maxage") ?? directive(cacheControl, "max-age");
  return asked === true ? undefined : asked;
}

const forbids = ({ cacheControl }: ModelResponse, ...names: readonly string[]): boolean =>
  names.some((name) => directive(cacheControl, name) !== undefined);

/**
 * Seconds for which a response is cached; undefined where it is not. The tables of "Manage how long
 * content stays in the cache" and "How CloudFront caches HTTP 4xx and 5xx status codes".
 */
export function ttlOf(
  response: ModelResponse,
  { minTtl, defaultTtl, maxTtl }: ModelBehavior,
  errorRules: readonly ErrorRule[],
): number | undefined {
  const { status } = response;
  if (maxTtl === 0) return undefined;
  if (status >= 400) {
    // CF-G-20
    const always = [404, 414, 500, 501, 502, 503, 504].includes(status);
    const withMaxAge = [400, 403, 405, 412, 415].includes(status);
    if (!always && !(withMaxAge && askedTtl(response) !== undefined)) return undefined;
    // CF-G-22
    const obeys = [404, 410, 414, 501].includes(status);
    if (obeys && forbids(response, "no-store", "no-cache", "private")) return undefined;
    // CF-G-21
    const least = errorRules.find(({ errorCode }) => errorCode === status)?.minTtl ?? 10;
    return Math.max(least, Math.min(askedTtl(response) ?? 0, maxTtl));
  }
  // CF-G-46
  if ((status === 307 || status === 308) && response.cacheControl === undefined) return undefined;
  if (minTtl === 0) {
    if (forbids(response, "no-store", "private")) return undefined;
    if (forbids(response, "no-cache")) return 0;
    const asked = askedTtl(response);
    return asked === undefined ? defaultTtl : Math.min(asked, maxTtl);
  }
  if (forbids(response, "no-store", "private", "no-cache")) return minTtl;
  const asked = askedTtl(response) ?? Math.max(defaultTtl, minTtl);
  return Math.max(minTtl, askedTtl(response) === undefined ? asked : Math.min(asked, maxTtl));
}

/** Whether an expired object is served while it is refreshed in the background (CF-G-16). */
export function servesWhileRefreshing(
  { response, storedAt, ttl }: StoredResponse,
  { maxTtl }: ModelBehavior,
  now: number,
): boolean {
  if (response.status >= 400) return false;
  const allowed = directive(response.cacheControl, "stale-while-revalidate");
  return typeof allowed === "number" && now - storedAt - ttl < Math.min(allowed, maxTtl);
}

/** Whether an expired object is served in the place of a 5xx (CF-G-17, CF-G-18). */
export function servesStale(
  { response, storedAt, ttl }: StoredResponse,
  { maxTtl }: ModelBehavior,
  now: number,
): boolean {
  if (response.status >= 400) return false;
  const allowed = directive(response.cacheControl, "stale-if-error");
  const window = typeof allowed === "number" ? Math.min(allowed, maxTtl) : maxTtl;
  return now - storedAt - ttl < window;
}
