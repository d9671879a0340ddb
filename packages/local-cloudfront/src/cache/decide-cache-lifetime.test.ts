import { describe, expect, it } from "vitest";
import { sampleCachePolicy } from "../../test/samples/cache-behavior.ts";
import { fakeStartMs } from "../../test/samples/fake-clock.ts";
import { sampleHeaders } from "../../test/samples/http-message.ts";
import { formatHttpDate } from "../http/http-date.ts";
import { decideCacheLifetime, type CacheLifetimeInput } from "./decide-cache-lifetime.ts";
import type { CacheLifetime } from "./cache-lifetime.ts";

interface Case {
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly ttls?: readonly [min: number, def: number, max: number];
}

function lifetimeOf(
  { headers = {}, ttls: [min, def, max] = [0, 86_400, 31_536_000] }: Case,
  changes: Partial<CacheLifetimeInput> = {},
): CacheLifetime {
  return decideCacheLifetime({
    cachePolicy: sampleCachePolicy({
      minTtlSeconds: min,
      defaultTtlSeconds: def,
      maxTtlSeconds: max,
    }),
    method: "GET",
    status: 200,
    headers: sampleHeaders(headers),
    originKind: "custom",
    nowMs: fakeStartMs,
    ...changes,
  });
}

const cacheControl = (value: string): { readonly "Cache-Control": string } => ({
  "Cache-Control": value,
});
const expires = (seconds: number): string => formatHttpDate(fakeStartMs + seconds * 1000);

describe("the lifetime of successful responses", () => {
  it.each<[string, Case, number]>([
    [
      "CF-G-08: s-maxage wins over max-age",
      { headers: cacheControl("max-age=3600, s-maxage=10") },
      10,
    ],
    ["CF-G-08: max-age alone", { headers: cacheControl("max-age=3600") }, 3600],
    [
      "CF-G-08: max-age wins over Expires",
      { headers: { "Cache-Control": "max-age=5", Expires: expires(900) } },
      5,
    ],
    [
      "CF-G-08: the maximum TTL caps max-age",
      { headers: cacheControl("max-age=3600"), ttls: [0, 10, 600] },
      600,
    ],
    [
      "CF-G-08: the maximum TTL caps s-maxage",
      { headers: cacheControl("s-maxage=3600"), ttls: [0, 10, 600] },
      600,
    ],
    [
      "CF-G-08: the maximum TTL caps Expires",
      { headers: { Expires: expires(3600) }, ttls: [0, 10, 600] },
      600,
    ],
    ["CF-G-08: Expires alone", { headers: { Expires: expires(120) } }, 120],
    [
      "CF-G-09: a minimum TTL raises max-age",
      { headers: cacheControl("max-age=10"), ttls: [60, 100, 600] },
      60,
    ],
    [
      "CF-G-09: max-age between minimum and maximum",
      { headers: cacheControl("max-age=70"), ttls: [60, 100, 600] },
      70,
    ],
    [
      "CF-G-09: a maximum TTL caps s-maxage",
      { headers: cacheControl("s-maxage=700"), ttls: [60, 100, 600] },
      600,
    ],
    [
      "CF-G-09: a minimum TTL raises Expires",
      { headers: { Expires: expires(-5) }, ttls: [60, 100, 600] },
      60,
    ],
    ["CF-G-10: no header takes the default TTL", {}, 86_400],
    [
      "CF-G-10: no header takes the greater of default and minimum TTL",
      { ttls: [120, 60, 600] },
      120,
    ],
    ["CF-G-14: the maximum TTL does not cap the default TTL", { ttls: [0, 900, 600] }, 900],
    [
      "CF-G-11: no-store yields to CachingOptimized's minimum TTL",
      { headers: cacheControl("no-store"), ttls: [1, 86_400, 31_536_000] },
      1,
    ],
    [
      "CF-G-11: private yields to a minimum TTL even beside max-age",
      { headers: cacheControl("private, max-age=500"), ttls: [60, 100, 600] },
      60,
    ],
    ["CF-G-12: public counts as no header", { headers: cacheControl("public") }, 86_400],
    [
      "CF-G-12: must-revalidate and immutable count as no header",
      { headers: cacheControl("must-revalidate, immutable") },
      86_400,
    ],
    ["CF-G-13: Expires: 0 is past", { headers: { Expires: "0" } }, 0],
    ["CF-G-13: Expires in the past", { headers: { Expires: expires(-60) } }, 0],
    [
      "CF-G-13: an unparsable Expires counts as absent",
      { headers: { Expires: "tomorrow" } },
      86_400,
    ],
    ["max-age=0 is stored and revalidated", { headers: cacheControl("max-age=0") }, 0],
    ["names have no case", { headers: cacheControl("MAX-AGE=7") }, 7],
    [
      "directives may come in several lines",
      { headers: { "Cache-Control": ["public", "max-age=7"] } },
      7,
    ],
    ["a quoted value counts", { headers: cacheControl('max-age="7"') }, 7],
    ["of two values the first counts", { headers: cacheControl("max-age=7, max-age=9") }, 7],
    ["a value that is no number counts as 0", { headers: cacheControl("max-age=soon") }, 0],
    [
      "a directive within a quoted string is none",
      { headers: cacheControl('x="a, max-age=7"') },
      86_400,
    ],
  ])("%s", (_fact, input, ttlSeconds) => {
    const lifetime = lifetimeOf(input);
    expect(lifetime).toMatchObject({ stored: true, ttlSeconds });
    expect(lifetime.rule).toMatch(/^(CF|LE)-[A-Z]-\d\d: /);
  });

  it.each([
    ["no-store", false],
    ["private", false],
    ["no-store, max-age=60", false],
    ["private, s-maxage=60", false],
    ["no-cache", true],
    ["no-cache, max-age=60", true],
  ])("CF-G-11: %s is respected where the minimum TTL is 0", (value, stored) => {
    expect(lifetimeOf({ headers: cacheControl(value) })).toMatchObject({ stored, ttlSeconds: 0 });
  });

  it("CF-G-40: no-cache with field names limits no lifetime", () => {
    const lifetime = lifetimeOf({ headers: cacheControl('no-cache="Set-Cookie", max-age=60') });
    expect(lifetime).toMatchObject({ stored: true, ttlSeconds: 60 });
  });

  it("CF-G-14: three TTLs of 0 disable caching", () => {
    expect(lifetimeOf({ headers: cacheControl("max-age=60"), ttls: [0, 0, 0] }).stored).toBe(false);
    expect(lifetimeOf({ ttls: [0, 0, 0] }, { status: 404 }).stored).toBe(false);
  });

  it.each(["POST", "PUT", "PATCH", "DELETE"])("LE-A-45: %s is never cached", (method) => {
    expect(lifetimeOf({}, { method }).stored).toBe(false);
  });

  it.each([307, 308])("CF-G-46: a %i is cached only with Cache-Control", (status) => {
    expect(lifetimeOf({}, { status }).stored).toBe(false);
    expect(lifetimeOf({ headers: { Expires: expires(60) } }, { status }).stored).toBe(false);
    expect(lifetimeOf({ headers: cacheControl("max-age=60") }, { status })).toMatchObject({
      stored: true,
      ttlSeconds: 60,
    });
  });

  it.each([301, 302, 303])("LE-D-29: a %i is cached by the ordinary rules", (status) => {
    expect(lifetimeOf({}, { status })).toMatchObject({ stored: true, ttlSeconds: 86_400 });
  });

  it.each([206, 304])("a %i is not stored", (status) => {
    expect(lifetimeOf({}, { status }).stored).toBe(false);
  });

  it("CF-G-27: Vary: * with a minimum TTL of 0 is stored, and revalidated without conditions", () => {
    const headers = { Vary: "Accept-Encoding, *", "Cache-Control": "max-age=60" };
    expect(lifetimeOf({ headers })).toMatchObject({
      stored: true,
      ttlSeconds: 0,
      revalidatesUnconditionally: true,
    });
    const ordinary = lifetimeOf({ headers, ttls: [1, 10, 600] });
    expect(ordinary.ttlSeconds).toBe(60);
    expect(ordinary.revalidatesUnconditionally).toBeUndefined();
  });

  it.each([
    [600, 600],
    [900, 700],
  ])("CF-G-16, CF-G-17: a stale window of %i s is at most the maximum TTL", (asked, seconds) => {
    const headers = cacheControl(
      `max-age=5, stale-while-revalidate=${asked}, stale-if-error=${asked}`,
    );
    expect(lifetimeOf({ headers, ttls: [0, 10, 700] })).toMatchObject({
      ttlSeconds: 5,
      staleWhileRevalidateSeconds: seconds,
      staleIfErrorSeconds: seconds,
    });
  });

  it("CF-G-18: stale-if-error=0 is not the same as no directive", () => {
    expect(lifetimeOf({}).staleIfErrorSeconds).toBeUndefined();
    expect(lifetimeOf({ headers: cacheControl("stale-if-error=0") }).staleIfErrorSeconds).toBe(0);
  });
});

describe("the lifetime of error responses", () => {
  it.each([404, 414, 500, 501, 502, 503, 504])(
    "CF-G-20: a %i is always cached, for 10 seconds",
    (status) => {
      expect(lifetimeOf({}, { status })).toMatchObject({ stored: true, ttlSeconds: 10 });
    },
  );

  it.each([400, 403, 405, 412, 415])(
    "CF-G-20: a %i is cached only with max-age or s-maxage",
    (status) => {
      expect(lifetimeOf({}, { status }).stored).toBe(false);
      expect(lifetimeOf({ headers: { Expires: expires(60) } }, { status }).stored).toBe(false);
      for (const directive of ["max-age=60", "s-maxage=60"]) {
        expect(lifetimeOf({ headers: cacheControl(directive) }, { status })).toMatchObject({
          stored: true,
          ttlSeconds: 60,
        });
      }
    },
  );

  it.each([401, 410, 416, 418, 429, 505])("CF-G-20: a %i is never cached", (status) => {
    expect(lifetimeOf({ headers: cacheControl("max-age=60") }, { status }).stored).toBe(false);
  });

  it.each<[string, Case, number | undefined, number]>([
    [
      "max-age above the error caching minimum TTL",
      { headers: cacheControl("max-age=3600") },
      10,
      3600,
    ],
    ["max-age below it", { headers: cacheControl("max-age=3") }, 10, 10],
    ["s-maxage before max-age", { headers: cacheControl("max-age=3600, s-maxage=60") }, 10, 60],
    ["Expires", { headers: { Expires: expires(60) } }, 10, 60],
    [
      "max-age above the maximum TTL",
      { headers: cacheControl("max-age=3600"), ttls: [0, 5, 600] },
      10,
      600,
    ],
    ["an error caching minimum TTL above the maximum TTL", { ttls: [0, 5, 60] }, 300, 300],
    ["no number given: the default of 10 seconds", {}, undefined, 10],
    ["an error caching minimum TTL of 0", {}, 0, 0],
  ])("CF-G-21: a 404 with %s", (_name, input, min, ttlSeconds) => {
    const changes = min === undefined ? {} : { errorCachingMinTtlSeconds: min };
    expect(lifetimeOf(input, { status: 404, ...changes })).toMatchObject({
      stored: true,
      ttlSeconds,
    });
  });

  it.each([404, 410, 414, 501])("CF-G-22: no-store keeps a %i out of the cache", (status) => {
    for (const directive of ["no-store", "no-cache", "private"]) {
      expect(
        lifetimeOf({ headers: cacheControl(directive), ttls: [60, 60, 60] }, { status }).stored,
      ).toBe(false);
    }
  });

  it.each([500, 502, 503, 504])("CF-G-22: a %i ignores no-store", (status) => {
    const headers = cacheControl("no-store, no-cache, private");
    expect(lifetimeOf({ headers }, { status })).toMatchObject({ stored: true, ttlSeconds: 10 });
  });

  it("CF-G-23: an S3 origin caches errors for 1 second at least", () => {
    const changes = { status: 404, errorCachingMinTtlSeconds: 0 };
    expect(lifetimeOf({}, { ...changes, originKind: "s3" }).ttlSeconds).toBe(1);
    expect(lifetimeOf({}, { ...changes, originKind: "custom" }).ttlSeconds).toBe(0);
  });

  it("CF-G-24: a 501 of S3 with no-cache is not cached, whatever the minimum TTL", () => {
    const input: Case = { headers: cacheControl("no-cache"), ttls: [60, 60, 60] };
    expect(lifetimeOf(input, { status: 501, originKind: "s3" })).toMatchObject({
      stored: false,
      rule: "CF-G-24: a 501 of S3 with no-cache, no-store or private is not cached",
    });
  });

  it("LE-D-12: a generated 404 without headers is cached for 10 seconds", () => {
    expect(lifetimeOf({}, { status: 404 }).ttlSeconds).toBe(10);
  });
});
