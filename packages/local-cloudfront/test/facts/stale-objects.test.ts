import { describe, expect, it } from "vitest";
import { passAll } from "../support/function-sources.ts";
import { respondsInTurn } from "../support/origin-responses.ts";
import { startTestCloudFront } from "../support/start-test-cloudfront.ts";

const hourFresh = { "cache-control": "max-age=3600", etag: '"1"' };
const hour = 3600;

describe("an expired object and its origin", () => {
  it("CF-G-36, CF-G-45, LE-A-05: a 304 makes it fresh again, and all functions run", async () => {
    const { cloudfront, get, received, invoked, steps } = await startTestCloudFront({
      functions: passAll,
      server: respondsInTurn({
        headers: { ...hourFresh, "last-modified": "Sun, 06 Nov 1994 08:49:37 GMT" },
        body: "one",
      }),
    });
    await get("/");
    cloudfront.clock.advance(hour);
    expect(await get("/")).toMatchObject({ status: 200, body: "one", xCache: "RefreshHit" });
    expect(received[1]?.headers).toMatchObject({
      "if-none-match": '"1"',
      "if-modified-since": "Sun, 06 Nov 1994 08:49:37 GMT",
    });
    expect(steps()).toContain("cache-refresh");
    expect(invoked()).toEqual([
      "viewer-request",
      "origin-request",
      "origin-response",
      "viewer-response",
    ]);
    expect((await get("/")).xCache).toBe("Hit");
    expect(received).toHaveLength(2);
  });

  it("CF-G-36: a 200 replaces it", async () => {
    const { cloudfront, get } = await startTestCloudFront({
      server: respondsInTurn(
        { headers: hourFresh, body: "one" },
        { headers: { ...hourFresh, etag: '"2"' }, body: "two" },
      ),
    });
    await get("/");
    cloudfront.clock.advance(hour);
    expect(await get("/")).toMatchObject({ body: "two", xCache: "Miss" });
    expect(await get("/")).toMatchObject({ body: "two", xCache: "Hit" });
  });

  it("CF-G-45: without ETag and Last-Modified it is asked for without conditions", async () => {
    const { cloudfront, get, received } = await startTestCloudFront({ server: respondsInTurn({}) });
    await get("/");
    cloudfront.clock.advance(25 * hour);
    expect((await get("/")).xCache).toBe("Miss");
    expect(Object.keys(received[1]?.headers ?? {})).not.toContain("if-none-match");
    expect(Object.keys(received[1]?.headers ?? {})).not.toContain("if-modified-since");
  });

  it("CF-G-11: a newer version that may not be stored leaves nothing of the old one", async () => {
    const { cloudfront, get } = await startTestCloudFront({
      server: respondsInTurn(
        { headers: { "cache-control": "max-age=60" }, body: "old" },
        { headers: { "cache-control": "private" }, body: "new" },
        { status: 500, body: "failed" },
      ),
    });
    await get("/");
    cloudfront.clock.advance(61);
    expect((await get("/")).body).toBe("new");
    expect(await get("/")).toMatchObject({ status: 500, body: "failed" });
  });

  it("CF-G-27: with Vary: * each request goes to the origin, without conditions", async () => {
    const { get, received } = await startTestCloudFront({
      server: respondsInTurn({ headers: { vary: "*", etag: '"1"' } }),
    });
    for (const _attempt of [1, 2, 3]) expect(await get("/")).toMatchObject({ status: 200 });
    expect(received.map(({ headers }) => headers["if-none-match"])).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});

describe("stale-while-revalidate", () => {
  const headers = { "cache-control": "max-age=3600, stale-while-revalidate=600" };

  it("CF-G-16: serves the expired object and fetches the new one meanwhile", async () => {
    const { cloudfront, get, received, steps } = await startTestCloudFront({
      server: respondsInTurn({ headers, body: "one" }, { headers, body: "two" }),
    });
    await get("/");
    cloudfront.clock.advance(hour + 100);
    expect(await get("/")).toMatchObject({ body: "one", xCache: "Hit" });
    expect(steps()).toEqual(["cache-behavior", "cache-expired", "serve-stale"]);
    await cloudfront.idle();
    expect(await get("/")).toMatchObject({ body: "two", xCache: "Hit" });
    expect(received).toHaveLength(2);
  });

  it("CF-G-16: ends with its seconds", async () => {
    const { cloudfront, get } = await startTestCloudFront({
      server: respondsInTurn({ headers, body: "one" }, { headers, body: "two" }),
    });
    await get("/");
    cloudfront.clock.advance(hour + 601);
    expect(await get("/")).toMatchObject({ body: "two", xCache: "Miss" });
  });

  it("CF-G-16: is capped by the maximum TTL", async () => {
    const { cloudfront, get } = await startTestCloudFront({
      cachePolicy: { DefaultTTL: 60, MaxTTL: 60 },
      server: respondsInTurn({ headers, body: "one" }, { headers, body: "two" }),
    });
    await get("/");
    cloudfront.clock.advance(121);
    expect((await get("/")).body).toBe("two");
  });

  it("CF-G-16: a refresh that fails keeps the object, and the server", async () => {
    const { cloudfront, get, received } = await startTestCloudFront({
      server: (request, response) => {
        if (received.length === 1) respondsInTurn({ headers, body: "one" })(request, response);
        else response.destroy();
      },
    });
    await get("/");
    cloudfront.clock.advance(hour + 100);
    expect((await get("/")).body).toBe("one");
    await expect.poll(() => received.length).toBeGreaterThan(1);
    expect((await get("/")).body).toBe("one");
  });
});

describe("an origin that fails on an expired object", () => {
  const failed = { status: 503, body: "failed" };

  it("CF-G-17: stale-if-error serves it for that long, before any custom error page", async () => {
    const headers = { "cache-control": "max-age=3600, stale-if-error=86400" };
    const { cloudfront, get } = await startTestCloudFront({
      distributionConfig: {
        CustomErrorResponses: [
          { ErrorCode: 503, ResponseCode: 200, ResponsePagePath: "/sorry.html" },
        ],
      },
      server: respondsInTurn({ headers, body: "one" }, failed),
    });
    await get("/");
    cloudfront.clock.advance(hour + 100);
    expect(await get("/")).toMatchObject({ status: 200, body: "one" });
    cloudfront.clock.advance(86_400);
    expect((await get("/")).body).not.toBe("one");
  });

  it("CF-G-18: without the directive it is served for the error caching period, then tried again", async () => {
    const { cloudfront, get, received, steps } = await startTestCloudFront({
      server: respondsInTurn({ headers: hourFresh, body: "one" }, failed, failed, {
        headers: { ...hourFresh, etag: '"2"' },
        body: "two",
      }),
    });
    await get("/");
    cloudfront.clock.advance(hour + 1);
    expect(await get("/")).toMatchObject({ status: 200, body: "one" });
    expect(steps()).toContain("serve-stale");
    expect((await get("/")).body).toBe("one");
    expect(received).toHaveLength(2);
    cloudfront.clock.advance(11);
    expect((await get("/")).body).toBe("one");
    expect(received).toHaveLength(3);
    cloudfront.clock.advance(11);
    expect((await get("/")).body).toBe("two");
  });

  it("CF-G-18: an origin that cannot be reached counts as failing", async () => {
    const { cloudfront, get, received } = await startTestCloudFront({
      server: (request, response) => {
        if (received.length === 1) {
          respondsInTurn({ headers: hourFresh, body: "one" })(request, response);
        } else response.destroy();
      },
    });
    await get("/");
    cloudfront.clock.advance(hour + 1);
    expect(await get("/")).toMatchObject({ status: 200, body: "one" });
  });

  it("CF-G-18: stale-if-error=0 answers with the error", async () => {
    const headers = { "cache-control": "max-age=3600, stale-if-error=0" };
    const { cloudfront, get } = await startTestCloudFront({
      server: respondsInTurn({ headers, body: "one" }, failed),
    });
    await get("/");
    cloudfront.clock.advance(hour + 1);
    expect(await get("/")).toMatchObject({ status: 503, body: "failed", xCache: "Error" });
  });

  it("CF-G-18: it is not served for longer than the maximum TTL", async () => {
    const { cloudfront, get } = await startTestCloudFront({
      cachePolicy: { DefaultTTL: 60, MaxTTL: 60 },
      server: respondsInTurn({ body: "one" }, failed),
    });
    await get("/");
    cloudfront.clock.advance(121);
    expect((await get("/")).status).toBe(503);
  });

  it.each([400, 403, 404, 410, 429])("CF-G-19: a %i is passed on to the viewer", async (status) => {
    const { cloudfront, get } = await startTestCloudFront({
      server: respondsInTurn({ headers: hourFresh, body: "one" }, { status, body: "no" }),
    });
    await get("/");
    cloudfront.clock.advance(hour + 1);
    expect(await get("/")).toMatchObject({ status, body: "no", xCache: "Error" });
  });
});
