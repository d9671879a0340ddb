import { describe, expect, it } from "vitest";
import { sampleCachePolicy } from "../../test/samples/cache-behavior.ts";
import { sampleResponse } from "../../test/samples/http-message.ts";
import type { CachedObject } from "./object-cache.ts";
import { mayServeOnOriginError, mayServeWhileRevalidating } from "./stale-windows.ts";

const fresh = { stored: true, ttlSeconds: 3600, staleWhileRevalidateSeconds: 600, rule: "" };

/** Stored at 0, fresh for an hour. */
function object(
  staleIfErrorSeconds: number | undefined,
  changes: Partial<CachedObject> = {},
): CachedObject {
  const response = sampleResponse("one");
  return {
    response,
    atAge: () => response,
    storedAtMs: 0,
    expiresAtMs: 3_600_000,
    lifetime: { ...fresh, staleIfErrorSeconds },
    ...changes,
  };
}

describe("an expired object", () => {
  it("CF-G-16: is served while it is refreshed, as long as stale-while-revalidate says", () => {
    expect(mayServeWhileRevalidating(object(undefined), 4_199_999)).toBe(true);
    expect(mayServeWhileRevalidating(object(undefined), 4_200_000)).toBe(false);
  });

  it("CF-G-17: is served on an origin error, as long as stale-if-error says", () => {
    expect(mayServeOnOriginError(object(60), sampleCachePolicy(), 3_659_999)).toBe(true);
    expect(mayServeOnOriginError(object(60), sampleCachePolicy(), 3_660_000)).toBe(false);
  });

  it("CF-G-17: has no longer window for having been kept going before", () => {
    const prolonged = object(60, { expiresAtMs: 3_650_000 });
    expect(mayServeOnOriginError(prolonged, sampleCachePolicy(), 3_660_000)).toBe(false);
  });

  it("CF-G-18: is served on an origin error without stale-if-error up to the maximum TTL, not with stale-if-error=0", () => {
    const capped = sampleCachePolicy({ maxTtlSeconds: 60 });
    expect(mayServeOnOriginError(object(undefined), capped, 3_659_999)).toBe(true);
    expect(mayServeOnOriginError(object(undefined), capped, 3_660_000)).toBe(false);
    expect(mayServeOnOriginError(object(0), sampleCachePolicy(), 3_600_001)).toBe(false);
    const uncached = sampleCachePolicy({ minTtlSeconds: 0, maxTtlSeconds: 0 });
    expect(mayServeOnOriginError(object(undefined), uncached, 3_600_001)).toBe(false);
  });

  it("is not served for another error when it is an error itself", () => {
    const error = object(undefined, { response: sampleResponse("", {}, { status: 404 }) });
    expect(mayServeOnOriginError(error, sampleCachePolicy(), 3_600_001)).toBe(false);
  });
});
