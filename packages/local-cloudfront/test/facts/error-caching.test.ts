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

/** Expects an error to be served from the cache for some seconds, and no longer. */
async function expectErrorLifetime(
  answer: OriginResponse,
  seconds: number,
  options: TestCloudFrontOptions = {},
): Promise<void> {
  const { cloudfront, get, received } = await startTestCloudFront({
    server: respondsInTurn(answer),
    ...options,
  });
  const first = await get("/");
  expect(first).toMatchObject({ status: answer.status, xCache: "Error" });
  cloudfront.clock.advance(Math.max(0, seconds - marginSeconds));
  const cached = seconds > 0 ? await get("/") : first;
  expect(cached).toMatchObject({ status: answer.status, xCache: "Error" });
  expect(received).toHaveLength(1);
  cloudfront.clock.advance(Math.min(seconds, 2 * marginSeconds));
  await get("/");
  expect(received).toHaveLength(2);
}

describe("which errors are cached, and for how long", () => {
  it.each([404, 414, 500, 501, 502, 503, 504])(
    "CF-G-20, CF-G-21, LE-A-46: a %i without headers is cached for the error caching minimum TTL of 10 s",
    (status) => expectErrorLifetime({ status }, 10),
  );

  it.each([400, 403, 405, 412, 415])(
    "CF-G-20: a %i is cached only with max-age or s-maxage",
    async (status) => {
      await expectErrorLifetime({ status }, 0);
      await expectErrorLifetime(
        { status, headers: { expires: "Thu, 01 Jan 2099 00:00:00 GMT" } },
        0,
      );
      await expectErrorLifetime({ status, headers: { "cache-control": "max-age=60" } }, 60);
      await expectErrorLifetime({ status, headers: { "cache-control": "s-maxage=5" } }, 10);
    },
  );

  it.each([401, 410, 416, 429])("CF-G-20: a %i is never cached", (status) =>
    expectErrorLifetime({ status, headers: { "cache-control": "max-age=60" } }, 0),
  );

  it.each<[name: string, status: number, headers: Headers, seconds: number]>([
    ["max-age above the minimum", 404, { "cache-control": "max-age=3600" }, 3600],
    ["max-age below the minimum", 404, { "cache-control": "max-age=5" }, 10],
    ["s-maxage before max-age", 500, { "cache-control": "max-age=60, s-maxage=120" }, 120],
    ["another directive", 500, { "cache-control": "public" }, 10],
  ])("CF-G-21: %s: the greater of the two", (_name, status, headers, seconds) =>
    expectErrorLifetime({ status, headers }, seconds),
  );

  it("CF-G-21: Expires counts for an error that is always cached", () =>
    expectErrorLifetime(
      { status: 404, headers: { expires: new Date(Date.now() + 600_000).toUTCString() } },
      600,
    ));

  it("CF-G-21: the header is capped by the maximum TTL", () =>
    expectErrorLifetime({ status: 404, headers: { "cache-control": "max-age=3600" } }, 60, {
      cachePolicy: { DefaultTTL: 60, MaxTTL: 60 },
    }));

  it("CF-G-21: the error caching minimum TTL is the one of its status", async () => {
    const distributionConfig = {
      CustomErrorResponses: [
        { ErrorCode: 404, ErrorCachingMinTTL: 300 },
        { ErrorCode: 500, ErrorCachingMinTTL: 0 },
      ],
    };
    await expectErrorLifetime({ status: 404 }, 300, { distributionConfig });
    await expectErrorLifetime({ status: 500 }, 0, { distributionConfig });
    await expectErrorLifetime({ status: 503 }, 10, { distributionConfig });
  });

  it.each([404, 410, 414, 501])(
    "CF-G-22: a %i with no-store, no-cache or private is not cached",
    async (status) => {
      for (const directive of ["no-store", "no-cache", "private"]) {
        const headers = { "cache-control": `${directive}, max-age=60` };
        await expectErrorLifetime({ status, headers }, 0);
      }
    },
  );

  it.each([500, 502, 503, 504])(
    "CF-G-22: no-store, no-cache and private are ignored with a %i",
    async (status) => {
      for (const directive of ["no-store", "no-cache", "private"]) {
        await expectErrorLifetime({ status, headers: { "cache-control": directive } }, 10);
      }
    },
  );

  it("CF-G-20: a cache policy without caching caches no errors", () =>
    expectErrorLifetime({ status: 404, headers: { "cache-control": "max-age=60" } }, 0, {
      properties: { CachePolicyId: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad" },
    }));
});

describe("errors of S3", () => {
  const withMinTtl = (ErrorCode: number, ErrorCachingMinTTL: number): TestCloudFrontOptions => ({
    distributionConfig: { CustomErrorResponses: [{ ErrorCode, ErrorCachingMinTTL }] },
  });

  it("CF-G-23: are cached for a second where the error caching minimum TTL is 0", async () => {
    const { cloudfront, get, steps } = await startTestCloudFront(withMinTtl(404, 0));
    await get("/missing.html");
    expect(cloudfront.traces().at(-1)?.steps).toContainEqual(
      expect.objectContaining({
        step: "cache-store",
        lifetime: expect.objectContaining({ ttlSeconds: 1 }),
      }),
    );
    cloudfront.clock.advance(1);
    await get("/missing.html");
    expect(steps()).toContain("origin");
  });

  it("CF-G-24: a 501 with no-store is not cached, even with a minimum TTL above 0", async () => {
    const { get, steps } = await startTestCloudFront({
      properties: { CachePolicyId: "658327ea-f89d-4fab-a63d-7e88639e58f6" },
      functions: {
        "origin-response": changeResponse(
          `response.status = "501";
           response.headers["cache-control"] = [{ key: "Cache-Control", value: "no-store" }];`,
        ),
      },
    });
    for (const _attempt of [1, 2]) {
      expect((await get("/a.html")).status).toBe(501);
      expect(steps()).toContain("origin");
    }
  });

  it("CF-G-20, CF-H-01: a 403 of S3 is not cached, as it has no Cache-Control", async () => {
    const { get, steps } = await startTestCloudFront({ listBucket: false });
    for (const _attempt of [1, 2]) {
      expect((await get("/missing.html")).status).toBe(403);
      expect(steps()).toContain("origin");
      expect(steps()).not.toContain("cache-store");
    }
  });
});

describe("an expired error", () => {
  it("CF-G-21: is asked for anew, not revalidated", async () => {
    const { cloudfront, get, received } = await startTestCloudFront({
      server: respondsInTurn({ status: 404, headers: { etag: '"x"' } }, { body: "found" }),
    });
    await get("/");
    cloudfront.clock.advance(11);
    expect(await get("/")).toMatchObject({ status: 200, body: "found", xCache: "Miss" });
    expect(received[1]?.headers).not.toHaveProperty("if-none-match");
  });

  it("CF-G-42: is dropped by an invalidation", async () => {
    const { cloudfront, get } = await startTestCloudFront({
      server: respondsInTurn({ status: 404 }, { body: "found" }),
    });
    await get("/a");
    expect(await cloudfront.invalidate(["/a"])).toBe(1);
    expect((await get("/a")).body).toBe("found");
  });
});
