import { describe, expect, it } from "vitest";
import { changeResponse } from "../support/function-sources.ts";
import { respondsInTurn, type OriginResponse } from "../support/origin-responses.ts";
import {
  startTestCloudFront,
  type TestCloudFrontOptions,
} from "../support/start-test-cloudfront.ts";

type Headers = NonNullable<OriginResponse["headers"]>;

/** Every boundary is looked at from a few seconds away: the tests' own time passes too. */
const marginSeconds = 5;

/** An HTTP date, by seconds from now. */
function dateIn(seconds: number): string {
  return new Date(Date.now() + seconds * 1000).toUTCString();
}

/** Expects an object to be served from the cache for some seconds, and no longer. */
async function expectLifetime(
  answer: OriginResponse,
  seconds: number,
  options: TestCloudFrontOptions,
): Promise<void> {
  const { cloudfront, get, received } = await startTestCloudFront({
    server: respondsInTurn(answer),
    ...options,
  });
  expect((await get("/")).xCache).toBe("Miss");
  cloudfront.clock.advance(Math.max(0, seconds - marginSeconds));
  const fresh = seconds > 0 ? await get("/") : { xCache: "Hit" };
  expect(fresh.xCache).toBe("Hit");
  expect(received).toHaveLength(1);
  cloudfront.clock.advance(Math.min(seconds, 2 * marginSeconds));
  await get("/");
  expect(received).toHaveLength(2);
}

const day = 86_400;
const year = 31_536_000;

describe("the lifetime of a response, minimum TTL 0, default TTL 1 day, maximum TTL 1 year", () => {
  it.each<[name: string, headers: Headers, seconds: number]>([
    ["CF-G-08: s-maxage before max-age", { "cache-control": "max-age=3600, s-maxage=60" }, 60],
    ["CF-G-08: max-age", { "cache-control": "max-age=3600" }, 3600],
    ["CF-G-08: max-age up to the maximum TTL", { "cache-control": `max-age=${2 * year}` }, year],
    [
      "CF-G-08: max-age before Expires",
      { "cache-control": "max-age=60", expires: dateIn(7200) },
      60,
    ],
    ["CF-G-08: Expires", { expires: dateIn(7200) }, 7200],
    ["CF-G-13: Expires in the past", { expires: dateIn(-60) }, 0],
    ["CF-G-13: Expires: 0", { expires: "0" }, 0],
    ["CF-G-13: Expires that is no date", { expires: "tomorrow" }, day],
    ["CF-G-08: max-age=0", { "cache-control": "max-age=0" }, 0],
    ["CF-G-10: no header", {}, day],
    ["CF-G-11: no-store, even with max-age", { "cache-control": "max-age=3600, no-store" }, 0],
    ["CF-G-11: private, even with s-maxage", { "cache-control": "private, s-maxage=3600" }, 0],
    ["CF-G-11: no-cache, even with max-age", { "cache-control": "no-cache, max-age=3600" }, 0],
    ["CF-G-12: public", { "cache-control": "public" }, day],
    ["CF-G-12: must-revalidate, immutable", { "cache-control": "must-revalidate, immutable" }, day],
  ])("%s -> %3$i s", (_name, headers, seconds) => expectLifetime({ headers }, seconds, {}));
});

describe("the lifetime of a response, minimum TTL 60, default TTL 120, maximum TTL 600", () => {
  const cachePolicy = { MinTTL: 60, DefaultTTL: 120, MaxTTL: 600 };

  it.each<[name: string, headers: Headers, seconds: number]>([
    ["CF-G-09: max-age below the minimum TTL", { "cache-control": "max-age=10" }, 60],
    ["CF-G-09: max-age within", { "cache-control": "max-age=300" }, 300],
    ["CF-G-09: s-maxage above the maximum TTL", { "cache-control": "s-maxage=3600" }, 600],
    ["CF-G-09: Expires in the past", { expires: dateIn(-60) }, 60],
    ["CF-G-10: no header", {}, 120],
    ["CF-G-11: no-store", { "cache-control": "no-store" }, 60],
    ["CF-G-11: no-cache", { "cache-control": "no-cache" }, 60],
    ["CF-G-11: private with max-age", { "cache-control": "private, max-age=300" }, 60],
    ["CF-G-27: Vary: *", { vary: "*" }, 120],
  ])("%s -> %3$i s", (_name, headers, seconds) =>
    expectLifetime({ headers }, seconds, { cachePolicy }),
  );
});

describe("the lifetime of a response, otherwise", () => {
  it("CF-G-10: is the greater of minimum and default TTL, where only a minimum is written", () =>
    expectLifetime({}, 2 * day, { cachePolicy: { MinTTL: 2 * day, DefaultTTL: undefined } }));

  it("CF-G-10: is the minimum TTL where the default TTL is below it", () =>
    expectLifetime({}, 120, { cachePolicy: { MinTTL: 120, DefaultTTL: 60 } }));

  it("CF-G-14: is not capped by the maximum TTL where no header sets it", () =>
    expectLifetime({}, 600, { cachePolicy: { DefaultTTL: 600, MaxTTL: 60 } }));

  it("CF-G-14: three TTLs of 0 switch caching off", async () => {
    const { get, received, steps } = await startTestCloudFront({
      cachePolicy: { MinTTL: 0, DefaultTTL: 0, MaxTTL: 0 },
      server: respondsInTurn({ headers: { "cache-control": "max-age=60" } }),
    });
    expect([(await get("/")).xCache, (await get("/")).xCache]).toEqual(["Miss", "Miss"]);
    expect(received).toHaveLength(2);
    expect(steps()).toContain("cache-bypass");
  });

  it.each<[name: string, answer: OriginResponse, seconds: number]>([
    ["307 without Cache-Control", { status: 307 }, 0],
    ["307 with max-age", { status: 307, headers: { "cache-control": "max-age=60" } }, 60],
    ["308 without Cache-Control", { status: 308 }, 0],
    ["301 without Cache-Control", { status: 301 }, day],
    ["302 without Cache-Control", { status: 302 }, day],
  ])("CF-G-46: %s -> %3$i s", (_name, answer, seconds) => {
    const headers = { ...answer.headers, location: "/elsewhere" };
    return expectLifetime({ ...answer, headers, body: "" }, seconds, {});
  });

  it("LE-D-28, CF-G-08: is decided by the headers that origin-response leaves", () =>
    expectLifetime({ headers: { "cache-control": "no-store" } }, 60, {
      functions: {
        "origin-response": changeResponse(
          'response.headers["cache-control"] = [{ key: "Cache-Control", value: "max-age=60" }];',
        ),
      },
    }));

  it("CF-G-11: CachingOptimized keeps a response with no-store for a second", async () => {
    const { cloudfront, get } = await startTestCloudFront({
      properties: { CachePolicyId: "658327ea-f89d-4fab-a63d-7e88639e58f6" },
      server: respondsInTurn({ headers: { "cache-control": "no-store" } }),
    });
    await get("/");
    expect(cloudfront.traces().at(-1)?.steps).toContainEqual(
      expect.objectContaining({
        step: "cache-store",
        lifetime: expect.objectContaining({ ttlSeconds: 1 }),
      }),
    );
    cloudfront.clock.advance(1);
    expect((await get("/")).xCache).toBe("Miss");
  });

  it("CF-G-15: a viewer's Cache-Control and Pragma do not get past the cache", async () => {
    const { get } = await startTestCloudFront({ server: respondsInTurn({}) });
    await get("/");
    const headers = { "cache-control": "no-cache, no-store, max-age=0", pragma: "no-cache" };
    expect((await get("/", headers)).xCache).toBe("Hit");
  });
});
