import { describe, expect, it } from "vitest";
import { passRequest } from "../support/function-sources.ts";
import type { ReceivedRequest } from "../support/start-origin-server.ts";
import {
  startTestCloudFront,
  type TestResponse,
  type TestCloudFront,
  type TestCloudFrontOptions,
} from "../support/start-test-cloudfront.ts";

const viewers = Array.from({ length: 10 }, (_, index) => index);

/**
 * Starts a distribution whose origin answers when `holds` says that enough viewers are there. The
 * edge location has taken in a viewer's request when it waits or its request has come.
 */
async function startHolding(
  options: TestCloudFrontOptions,
  headers: Readonly<Record<string, string>> = {},
  countBeforeAnswer = 1,
): Promise<TestCloudFront & { release(): void }> {
  const held: (() => void)[] = [];
  let isReleased = false;
  const started = await startTestCloudFront({
    ...options,
    server: (_: ReceivedRequest, response) => {
      held.push(() => response.writeHead(200, headers).end("body"));
      if (isReleased || held.length >= countBeforeAnswer)
        for (const answer of held.splice(0)) answer();
    },
  });
  return {
    ...started,
    release: () => {
      isReleased = true;
      for (const answer of held.splice(0)) answer();
    },
  };
}

function countXCache(answers: readonly TestResponse[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { xCache } of answers) counts[xCache] = (counts[xCache] ?? 0) + 1;
  return counts;
}

describe("identical requests at the same time", () => {
  it("LE-A-43: wait for the first, which goes to the origin alone", async () => {
    const { cloudfront, get, received, release } = await startHolding(
      { functions: { "origin-request": passRequest } },
      {},
      99,
    );
    const answers = viewers.map(() => get("/a"));
    // A request that comes after the ten has gone all the way to the origin: they are waiting.
    const last = get("/other");
    await expect.poll(() => received.length, { timeout: 15_000 }).toBe(2);
    release();
    expect(countXCache(await Promise.all(answers))).toEqual({ Miss: 1, Hit: 9 });
    await last;
    expect(received.map(({ url }) => url).toSorted()).toEqual(["/a", "/other"]);
    const originRequests = cloudfront
      .traces()
      .filter(({ uri }) => uri === "/a")
      .flatMap(({ steps }) => steps.filter(({ step }) => step === "origin-request"));
    expect(originRequests).toHaveLength(1);
  });

  it("LE-A-43: wait for the first to revalidate an expired object too", async () => {
    let count = 0;
    const { cloudfront, get, received } = await startTestCloudFront({
      server: (_, response) => {
        count++;
        response.writeHead(200, { "cache-control": "max-age=60" });
        setTimeout(() => response.end(`version ${count}`), 20);
      },
    });
    await get("/a");
    cloudfront.clock.advance(61);
    const answers = await Promise.all(viewers.map(() => get("/a")));
    expect(new Set(answers.map(({ body }) => body))).toEqual(new Set(["version 2"]));
    expect(countXCache(answers)).toEqual({ Miss: 1, Hit: 9 });
    expect(received).toHaveLength(2);
  });

  it("LE-A-43: an error of the origin is the response of all", async () => {
    const { get, received } = await startTestCloudFront({
      server: (_, response) => {
        setTimeout(() => response.writeHead(500).end("broken"), 20);
      },
    });
    const answers = await Promise.all(viewers.map(() => get("/a")));
    expect(countXCache(answers)).toEqual({ Error: 10 });
    expect(received).toHaveLength(1);
  });

  it("LE-A-43: a first that fails in its function takes no other along", async () => {
    const { get } = await startTestCloudFront({
      functions: {
        "origin-request": `let count = 0;
          exports.handler = async (event) => {
            if (count++ === 0) throw new Error("the first");
            return event.Records[0].cf.request;
          };`,
      },
    });
    const statuses = (await Promise.all(viewers.map(() => get("/a.html")))).map(
      ({ status }) => status,
    );
    expect(statuses.toSorted()).toEqual([...Array<number>(9).fill(200), 503]);
  });

  it("LE-A-43: a HEAD waits for a GET, and GETs for one of them, not for a HEAD, which brings no body", async () => {
    const started = await startHolding({}, {}, 99);
    const { request, received, release } = started;
    const head = request("/a", { method: "HEAD" });
    await expect.poll(() => received.length).toBe(1);
    const gets = viewers.map(() => request("/a", {}));
    await expect.poll(() => received.length).toBe(2);
    const later = request("/a", { method: "HEAD" });
    const last = request("/other", {});
    await expect.poll(() => received.length).toBe(3);
    release();
    expect((await head).xCache).toBe("Miss");
    expect(countXCache(await Promise.all(gets))).toEqual({ Miss: 1, Hit: 9 });
    expect((await later).xCache).toBe("Hit");
    await last;
    expect(received.map(({ method, url }) => `${method} ${url}`).toSorted()).toEqual([
      "GET /a",
      "GET /other",
      "HEAD /a",
    ]);
  });

  it("LE-A-43: different cache keys do not wait for each other", async () => {
    const { get, received } = await startHolding({}, {}, 10);
    await Promise.all(viewers.map((index) => get(`/${index}`)));
    expect(received).toHaveLength(10);
  });
});

describe("identical requests that all go to the origin", () => {
  // The origin answers only when all ten are there: were one to wait, this would never end.
  it.each<readonly [string, TestCloudFrontOptions]>([
    [
      "where cookies are forwarded",
      {
        cachePolicy: {
          ParametersInCacheKeyAndForwardedToOrigin: { CookiesConfig: { CookieBehavior: "all" } },
        },
      },
    ],
    ["where caching is disabled", { cachePolicy: { MinTTL: 0, DefaultTTL: 0, MaxTTL: 0 } }],
  ])("LE-A-44: %s", async (_, options) => {
    const { get, received } = await startHolding(options, {}, 10);
    const answers = await Promise.all(viewers.map(() => get("/a")));
    expect(countXCache(answers)).toEqual({ Miss: 10 });
    expect(received).toHaveLength(10);
  });

  it.each(["private", "no-store", "no-cache", "max-age=0", "s-maxage=0"])(
    "LE-A-44: where the origin answers %s and the minimum TTL is 0",
    async (cacheControl) => {
      const { get, received } = await startHolding({}, { "cache-control": cacheControl });
      const answers = await Promise.all(viewers.map(() => get("/a")));
      expect(countXCache(answers)).toEqual({ Miss: 10 });
      expect(received).toHaveLength(10);
    },
  );

  it("LE-A-44: but not where the minimum TTL keeps such a response", async () => {
    const { get, received } = await startHolding(
      { cachePolicy: { MinTTL: 1 } },
      { "cache-control": "no-store" },
    );
    const answers = await Promise.all(viewers.map(() => get("/a")));
    expect(countXCache(answers)).toEqual({ Miss: 1, Hit: 9 });
    expect(received).toHaveLength(1);
  });
});
