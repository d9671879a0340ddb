import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { propertyRuns } from "vitest-config/property-runs";
import { sampleCacheBehavior } from "../../test/samples/cache-behavior.ts";
import { fakeClock } from "../../test/samples/fake-clock.ts";
import { bodyText, sampleRequest, sampleResponse } from "../../test/samples/http-message.ts";
import { aging } from "./age.ts";
import { composeCacheKey, type CacheKey } from "./cache-key.ts";
import type { CacheLifetime } from "./cache-lifetime.ts";
import { createObjectCache } from "./create-object-cache.ts";
import type { CacheLookup, ObjectCache } from "./object-cache.ts";

const behavior = sampleCacheBehavior({
  enableAcceptEncodingGzip: true,
  enableAcceptEncodingBrotli: true,
  queryStrings: { behavior: "all" },
  cookies: { behavior: "all" },
});

function keyOf(...request: Parameters<typeof sampleRequest>): CacheKey {
  return composeCacheKey(behavior, "dsample.cloudfront.net", sampleRequest(...request));
}

function lifetime(ttlSeconds: number, changes: Partial<CacheLifetime> = {}): CacheLifetime {
  return {
    stored: true,
    ttlSeconds,
    staleWhileRevalidateSeconds: 0,
    staleIfErrorSeconds: undefined,
    rule: "",
    ...changes,
  };
}

function bodyIn(lookup: CacheLookup): string | undefined {
  return lookup.kind === "miss" ? undefined : bodyText(lookup.object.response);
}

const accepting = (encoding: string): CacheKey => keyOf("/a", { "Accept-Encoding": encoding });

describe("a cached object", () => {
  it("is a hit while it is fresh, then expired, and ages in whole seconds (CF-G-38)", () => {
    const clock = fakeClock();
    const cache = createObjectCache({ clock });
    expect(cache.lookup(keyOf("/a"))).toEqual({ kind: "miss" });
    cache.store(keyOf("/a"), sampleResponse("one"), lifetime(60));
    clock.advance(59.9);
    expect(cache.lookup(keyOf("/a"))).toMatchObject({ kind: "hit", ageSeconds: 59 });
    clock.advance(0.1);
    expect(cache.lookup(keyOf("/a"))).toMatchObject({ kind: "expired", ageSeconds: 60 });
  });

  it("CF-G-38, LE-B-47: says its age where it leaves the cache, and only there", () => {
    const response = sampleResponse("one", { ETag: '"a"' });
    expect(aging(response)(2402).headers).toMatchObject({
      etag: [{ key: "ETag", value: '"a"' }],
      age: [{ key: "Age", value: "2402" }],
    });
    expect(response.headers["age"]).toBeUndefined();
  });

  it("is one and the same for all that get it within a second", () => {
    const atAge = aging(sampleResponse("one"));
    const [first, second, next] = [atAge(1), atAge(1), atAge(2)];
    expect(second).toBe(first);
    expect(next?.headers["age"]).toEqual([{ key: "Age", value: "2" }]);
    expect(first?.headers["age"]).toEqual([{ key: "Age", value: "1" }]);
  });

  it("is expired at once with a lifetime of 0", () => {
    const cache = createObjectCache({ clock: fakeClock() });
    cache.store(keyOf("/a"), sampleResponse("one"), lifetime(0));
    expect(cache.lookup(keyOf("/a")).kind).toBe("expired");
  });

  it("is not kept where its lifetime says that it is not stored", () => {
    const cache = createObjectCache({ clock: fakeClock() });
    cache.store(keyOf("/a"), sampleResponse("one"), lifetime(60, { stored: false }));
    expect(cache.lookup(keyOf("/a")).kind).toBe("miss");
    expect(cache.objectCount).toBe(0);
  });

  it("takes the place of the one before it", () => {
    const cache = createObjectCache({ clock: fakeClock() });
    cache.store(keyOf("/a"), sampleResponse("one"), lifetime(60));
    cache.store(keyOf("/a"), sampleResponse("two"), lifetime(60));
    expect(bodyIn(cache.lookup(keyOf("/a")))).toBe("two");
    expect(cache.objectCount).toBe(1);
  });

  it("is stored without the origin's Age, and leaves the response as it is", () => {
    const cache = createObjectCache({ clock: fakeClock() });
    const response = sampleResponse("one", { Age: "100", ETag: '"a"' });
    cache.store(keyOf("/a"), response, lifetime(60));
    const lookup = cache.lookup(keyOf("/a"));
    expect(lookup.kind === "hit" && Object.keys(lookup.object.response.headers)).toEqual(["etag"]);
    expect(response.headers["age"]).toEqual([{ key: "Age", value: "100" }]);
  });

  it("CF-G-40: keeps Set-Cookie for later viewers, unless no-cache names it", () => {
    const cache = createObjectCache({ clock: fakeClock() });
    const cookie = { "Set-Cookie": ["a=1", "b=2"] };
    cache.store(keyOf("/a"), sampleResponse("one", cookie), lifetime(60));
    const kept = cache.lookup(keyOf("/a"));
    expect(kept.kind === "hit" && kept.object.response.headers["set-cookie"]).toHaveLength(2);

    const named = { ...cookie, "Cache-Control": 'max-age=60, no-cache="Set-Cookie, X-Other"' };
    cache.store(keyOf("/b"), sampleResponse("one", named), lifetime(60));
    const stripped = cache.lookup(keyOf("/b"));
    expect(
      stripped.kind === "hit" && stripped.object.response.headers["set-cookie"],
    ).toBeUndefined();
  });

  it("CF-G-18: can be kept going for a while after its origin failed", () => {
    const clock = fakeClock();
    const cache = createObjectCache({ clock });
    cache.store(keyOf("/a"), sampleResponse("one"), lifetime(60));
    clock.advance(100);
    cache.prolong(keyOf("/a"), 10);
    expect(cache.lookup(keyOf("/a"))).toMatchObject({ kind: "hit", ageSeconds: 100 });
    clock.advance(10);
    expect(cache.lookup(keyOf("/a")).kind).toBe("expired");
  });
});

describe("objects and methods", () => {
  const head = keyOf("/a", {}, { method: "HEAD" });

  it("CF-G-01: what a GET stored also answers a HEAD", () => {
    const cache = createObjectCache({ clock: fakeClock() });
    cache.store(keyOf("/a"), sampleResponse("one"), lifetime(60));
    expect(cache.lookup(head).kind).toBe("hit");
  });

  it("what a HEAD stored answers a HEAD, never a GET", () => {
    const cache = createObjectCache({ clock: fakeClock() });
    cache.store(head, sampleResponse("", { "Content-Length": "3" }), lifetime(60));
    expect(cache.lookup(head).kind).toBe("hit");
    expect(cache.lookup(keyOf("/a")).kind).toBe("miss");
  });

  it("a HEAD that refreshes a whole object leaves it whole", () => {
    const cache = createObjectCache({ clock: fakeClock() });
    cache.store(head, sampleResponse("one"), lifetime(60));
    expect(bodyIn(cache.lookup(keyOf("/a")))).toBe("one");
  });
});

describe("encodings of an object", () => {
  const gzipped = sampleResponse("gz", { "Content-Encoding": "gzip" });
  const brotli = sampleResponse("br", { "Content-Encoding": "br" });

  it("CF-G-32: the first stored encoding serves later viewers that accept it", () => {
    const cache = createObjectCache({ clock: fakeClock() });
    cache.store(accepting("gzip"), gzipped, lifetime(60));
    expect(bodyIn(cache.lookup(accepting("br, gzip")))).toBe("gz");
  });

  it("an encoding never goes to a viewer that does not accept it", () => {
    const cache = createObjectCache({ clock: fakeClock() });
    cache.store(accepting("br, gzip"), brotli, lifetime(60));
    expect(cache.lookup(accepting("gzip")).kind).toBe("miss");
    expect(cache.lookup(keyOf("/a")).kind).toBe("miss");
  });

  it("CF-G-28: an object without encoding serves the requests of its own key only", () => {
    const cache = createObjectCache({ clock: fakeClock() });
    cache.store(accepting("br, gzip"), sampleResponse("plain"), lifetime(60));
    expect(bodyIn(cache.lookup(accepting("gzip, br")))).toBe("plain");
    expect(cache.lookup(accepting("gzip")).kind).toBe("miss");
  });

  it("a fresh encoding goes before an expired one of the very key", () => {
    const clock = fakeClock();
    const cache = createObjectCache({ clock });
    cache.store(accepting("br, gzip"), brotli, lifetime(10));
    cache.store(accepting("gzip"), gzipped, lifetime(60));
    expect(bodyIn(cache.lookup(accepting("br, gzip")))).toBe("br");
    clock.advance(10);
    expect(bodyIn(cache.lookup(accepting("br, gzip")))).toBe("gz");
    clock.advance(50);
    expect(bodyIn(cache.lookup(accepting("br, gzip")))).toBe("br");
  });

  it("an evicted encoding is forgotten", () => {
    const cache = createObjectCache({ clock: fakeClock() });
    cache.store(accepting("gzip"), gzipped, lifetime(60));
    expect(cache.createInvalidation(["/a"])).toBe(1);
    expect(cache.lookup(accepting("br, gzip")).kind).toBe("miss");
  });
});

describe("CF-G-42: invalidation", () => {
  function filled(): ObjectCache {
    const cache = createObjectCache({ clock: fakeClock() });
    for (const path of [
      "/images/a.jpg",
      "/images/A.jpg",
      "/images/sub/b.jpg",
      "/images",
      "/a?x=1",
      "/a?x=2",
      "/a*b",
    ]) {
      cache.store(keyOf(path), sampleResponse(path), lifetime(60));
    }
    return cache;
  }

  it.each([
    [["/images/*"], 3],
    [["/images*"], 4],
    [["/images/a.jpg"], 1],
    [["/a"], 0],
    [["/a?x=1"], 1],
    [["/a*"], 3],
    [["/a*b"], 1],
    [["/*"], 7],
    [["/images/*", "/images/a.jpg"], 3],
    [[], 0],
  ])("%j drops %i objects", (paths, dropped) => {
    const cache = filled();
    expect(cache.createInvalidation(paths)).toBe(dropped);
    expect(cache.objectCount).toBe(7 - dropped);
  });

  it("drops every variant of a path, whatever its cookies and encodings", () => {
    const cache = createObjectCache({ clock: fakeClock() });
    cache.store(keyOf("/a", { Cookie: "s=1" }), sampleResponse("1"), lifetime(60));
    cache.store(keyOf("/a", { Cookie: "s=2" }), sampleResponse("2"), lifetime(60));
    cache.store(accepting("gzip"), sampleResponse("3"), lifetime(60));
    expect(cache.createInvalidation(["/a"])).toBe(3);
  });

  it.each([
    [
      "images/a.jpg",
      `Invalidation path must start with "/": got "images/a.jpg". Write "/images/a.jpg".`,
    ],
    ["", `Invalidation path must start with "/": got "". Write "/".`],
    [
      "/~user/*",
      `Invalidation path must not contain "~": got "/~user/*". CloudFront does not support it in invalidations; end the path before it with a wildcard.`,
    ],
    [
      `/${"a".repeat(4000)}`,
      `Invalidation path has 4001 characters: got "/${"a".repeat(39)}…". At most 4000 are allowed.`,
    ],
  ])("refuses %j and drops nothing", (path, message) => {
    const cache = filled();
    expect(() => cache.createInvalidation(["/*", path])).toThrow(message);
    expect(cache.objectCount).toBe(7);
  });
});

describe("CF-G-44: the cache is bounded", () => {
  const body = "x".repeat(1000);

  it("the least recently used object goes first", () => {
    const cache = createObjectCache({ clock: fakeClock(), maxBytes: 5000 });
    for (const path of ["/1", "/2", "/3"])
      cache.store(keyOf(path), sampleResponse(body), lifetime(60));
    cache.lookup(keyOf("/1"));
    cache.store(keyOf("/4"), sampleResponse(body), lifetime(60));
    expect(cache.lookup(keyOf("/2")).kind).toBe("miss");
    expect(cache.lookup(keyOf("/1")).kind).toBe("hit");
    expect(cache.objectCount).toBe(3);
  });

  it("an object that is larger than the cache is not stored", () => {
    const cache = createObjectCache({ clock: fakeClock(), maxBytes: 5000 });
    cache.store(accepting("gzip"), sampleResponse("small"), lifetime(60));
    cache.store(accepting("gzip"), sampleResponse("x".repeat(6000)), lifetime(60));
    expect(cache.lookup(accepting("gzip")).kind).toBe("miss");
    expect(cache.storedBytes).toBe(0);
  });

  it("never holds more bytes than it may, whatever is stored", () => {
    const stored = fc.record({
      path: fc.nat(20),
      bytes: fc.nat(4000),
      encoding: fc.constantFrom("gzip", "br", ""),
    });
    fc.assert(
      fc.property(fc.array(stored, { maxLength: 60 }), (steps) => {
        const cache = createObjectCache({ clock: fakeClock(), maxBytes: 10_000 });
        for (const { path, bytes, encoding } of steps) {
          const key = keyOf(`/${path}`, { "Accept-Encoding": encoding });
          cache.store(
            key,
            sampleResponse("x".repeat(bytes), { "Content-Encoding": encoding }),
            lifetime(60),
          );
          expect(cache.storedBytes).toBeLessThanOrEqual(10_000);
          const lookup = cache.lookup(key);
          const found = lookup.kind === "miss" ? bytes : lookup.object.response.body.byteLength;
          expect(found).toBe(bytes);
        }
        cache.createInvalidation(["/*"]);
        expect([cache.objectCount, cache.storedBytes]).toEqual([0, 0]);
      }),
      propertyRuns(400),
    );
  });
});
