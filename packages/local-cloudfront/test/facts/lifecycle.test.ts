import { describe, expect, it } from "vitest";
import {
  changeRequest,
  changeResponse,
  passAll,
  passResponse,
  returning,
} from "../support/function-sources.ts";
import { respondsInTurn } from "../support/origin-responses.ts";
import { functionSteps, warningsOf } from "../support/recorded-events.ts";
import { startTestCloudFront } from "../support/start-test-cloudfront.ts";

const all = ["viewer-request", "origin-request", "origin-response", "viewer-response"];

describe("when the functions on origin events run", () => {
  it("LE-A-03: viewer-request comes before the cache, and what it changes is part of the cache key", async () => {
    const { get, received } = await startTestCloudFront({
      functions: { "viewer-request": changeRequest(`request.uri = "/z";`) },
      server: respondsInTurn({ body: "z" }),
    });
    expect((await get("/x")).xCache).toBe("Miss");
    expect((await get("/y")).xCache).toBe("Hit");
    expect(received.map(({ url }) => url)).toEqual(["/z"]);
  });

  it("LE-A-03: query string, header and cookie of the cache key are those that viewer-request left", async () => {
    const { get, received } = await startTestCloudFront({
      functions: {
        "viewer-request": changeRequest(`
          request.querystring = "page=1";
          request.headers["x-group"] = [{ value: "a" }];
          request.headers.cookie = [{ value: "session=one" }];`),
      },
      cachePolicy: {
        ParametersInCacheKeyAndForwardedToOrigin: {
          HeadersConfig: { HeaderBehavior: "whitelist", Headers: ["X-Group"] },
          CookiesConfig: { CookieBehavior: "all" },
          QueryStringsConfig: { QueryStringBehavior: "all" },
        },
      },
      server: respondsInTurn({}),
    });
    expect((await get("/a?page=7", { "x-group": "b", cookie: "session=two" })).xCache).toBe("Miss");
    expect((await get("/a", { cookie: "session=three" })).xCache).toBe("Hit");
    expect(received[0]).toMatchObject({
      url: "/a?page=1",
      headers: { "x-group": "a", cookie: "session=one" },
    });
  });

  it.each(["POST", "PUT", "PATCH", "DELETE"])(
    "LE-A-04, LE-A-45: %s is never cached, so that all four events run each time",
    async (method) => {
      const { request, invoked, received } = await startTestCloudFront({
        functions: passAll,
        server: respondsInTurn({ headers: { "cache-control": "max-age=60" } }),
      });
      for (const _attempt of [1, 2]) {
        expect((await request("/form", { method, body: "a=1" })).xCache).toBe("Miss");
        expect(invoked()).toEqual(all);
      }
      expect(received.map(({ method }) => method)).toEqual([method, method]);
    },
  );

  it("LE-A-04: an object that must not be cached runs them each time", async () => {
    const { get, invoked } = await startTestCloudFront({
      functions: passAll,
      server: respondsInTurn({ headers: { "cache-control": "no-store" } }),
    });
    for (const _attempt of [1, 2]) {
      expect((await get("/a")).xCache).toBe("Miss");
      expect(invoked()).toEqual(all);
    }
  });

  it("LE-A-45: HEAD is cached, OPTIONS only where the cache behavior says so", async () => {
    const { request } = await startTestCloudFront({
      server: respondsInTurn({}),
      cacheBehaviors: {
        "cached/*": { properties: { CachedMethods: ["GET", "HEAD", "OPTIONS"] } },
      },
    });
    const second = async (path: string, method: string): Promise<string> => {
      await request(path, { method });
      return (await request(path, { method })).xCache;
    };
    expect(await second("/a", "HEAD")).toBe("Hit");
    expect(await second("/a", "OPTIONS")).toBe("Miss");
    expect(await second("/cached/a", "OPTIONS")).toBe("Hit");
  });

  it("LE-A-05, LE-A-48: a revalidation runs all four events, and origin-response sees the 304", async () => {
    const { cloudfront, get, invoked } = await startTestCloudFront({
      functions: {
        ...passAll,
        "origin-response": changeResponse(`console.log("status " + response.status);`),
      },
      server: respondsInTurn({ headers: { etag: '"1"', "cache-control": "max-age=60" } }),
    });
    await get("/a");
    cloudfront.clock.advance(61);
    expect((await get("/a")).xCache).toBe("RefreshHit");
    expect(invoked()).toEqual(all);
    const [, , originResponse] = functionSteps(cloudfront);
    expect(originResponse?.run.logLines.join("\n")).toContain("status 304");
  });

  it("LE-A-47: a range request runs all four events, and origin-request sees the range", async () => {
    const { get, invoked, received } = await startTestCloudFront({
      functions: {
        ...passAll,
        "origin-request": changeRequest(
          `request.headers["x-range"] = [{ value: request.headers.range[0].value }];`,
        ),
      },
      server: respondsInTurn({ body: "0123456789" }),
    });
    const answer = await get("/a", { range: "bytes=0-3" });
    expect(answer).toMatchObject({ status: 206, body: "0123" });
    expect(invoked()).toEqual(all);
    expect(received[0]?.headers).toMatchObject({ "x-range": "bytes=0-3" });
    expect((await get("/a", { range: "bytes=4-5" })).xCache).toBe("Hit");
  });

  it("LE-A-48: each event is one invocation", async () => {
    const { cloudfront, get } = await startTestCloudFront({ functions: passAll });
    await get("/a.html");
    const ids = functionSteps(cloudfront).map(({ run }) => run.lambdaRequestId);
    expect(new Set(ids).size).toBe(4);
  });

  it("LE-A-19: nothing is asked of the origin before viewer-request has finished", async () => {
    const { cloudfront, get, received } = await startTestCloudFront({
      functions: {
        "viewer-request": `exports.handler = async (event) => {
          const { request } = event.Records[0].cf;
          await fetch(request.headers["x-origin"][0].value + "/from-the-function");
          return request;
        };`,
      },
      server: ({ url }, response) => {
        setTimeout(() => response.end("ok"), url === "/from-the-function" ? 50 : 0);
      },
    });
    const { content } = cloudfront.distribution.origins.get("origin") ?? {};
    if (content?.kind !== "url") throw new Error("the origin is a server");
    await get("/a", { "x-origin": content.url });
    expect(received.map(({ url }) => url)).toEqual(["/from-the-function", "/a"]);
  });
});

describe("viewer-response, where a function has moved the response between success and error", () => {
  it("LE-A-09: it runs for a 404 that origin-response has made a 200, with a warning that nobody knows", async () => {
    const { cloudfront, get, invoked } = await startTestCloudFront({
      functions: {
        ...passAll,
        "origin-response": changeResponse(`response.status = "200";`),
      },
    });
    expect((await get("/missing.html")).status).toBe(200);
    expect(invoked()).toEqual(all);
    expect(warningsOf(cloudfront)).toMatchInlineSnapshot(`
      [
        "LE-A-09: viewer-response runs here for a 404 of the origin that has become 200; what CloudFront does is not known.",
      ]
    `);
  });

  it("LE-A-09: it is skipped for a 200 that origin-response has made a 404", async () => {
    const { cloudfront, get, invoked } = await startTestCloudFront({
      functions: {
        ...passAll,
        "origin-response": changeResponse(`response.status = "404";`),
      },
    });
    expect((await get("/a.html")).status).toBe(404);
    expect(invoked()).toEqual(all.slice(0, 3));
    expect(warningsOf(cloudfront)).toHaveLength(1);
  });

  it("LE-A-12: it is skipped for an error that origin-request has generated, with a warning", async () => {
    const { cloudfront, get, invoked } = await startTestCloudFront({
      functions: { ...passAll, "origin-request": returning(`{ status: "410" }`) },
    });
    expect((await get("/a.html")).status).toBe(410);
    expect(invoked()).toEqual(["viewer-request", "origin-request"]);
    expect(warningsOf(cloudfront)).toMatchInlineSnapshot(`
      [
        "LE-A-12: viewer-response is skipped here for a generated 410; what CloudFront does is not known.",
      ]
    `);
  });
});

describe("the page of a custom error response", () => {
  const withErrorPage = {
    CustomErrorResponses: [
      { ErrorCode: 404, ResponseCode: 404, ResponsePagePath: "/errors/404.html" },
    ],
  };
  const functions = {
    "viewer-request": changeRequest(`console.log("viewer-request " + request.uri);`),
    "origin-request": changeRequest(`console.log("origin-request " + request.uri);`),
    "viewer-response": passResponse,
  };
  const start = (errorPageOriginEvents?: boolean) =>
    startTestCloudFront({
      functions,
      cacheBehaviors: { "errors/*": { functions } },
      distributionConfig: withErrorPage,
      files: { "errors/404.html": "not here" },
      options: errorPageOriginEvents === undefined ? {} : { fidelity: { errorPageOriginEvents } },
    });
  const logged = ({ cloudfront }: Awaited<ReturnType<typeof start>>): string[] =>
    functionSteps(cloudfront).flatMap(({ run }) =>
      run.logLines.flatMap((line) => /(?:viewer|origin)-request \/\S*/.exec(line)?.[0] ?? []),
    );

  it("LE-A-10, LE-A-14, LE-A-15: its fetch runs functions on origin events, those on viewer events never", async () => {
    const started = await start();
    const answer = await started.get("/missing");
    expect(answer).toMatchObject({ status: 404, body: "not here", xCache: "Error" });
    expect(logged(started)).toEqual([
      "viewer-request /missing",
      "origin-request /missing",
      "origin-request /errors/404.html",
    ]);
    expect(started.invoked()).not.toContain("viewer-response");
  });

  it("LE-A-15: `fidelity.errorPageOriginEvents: false` keeps them out", async () => {
    const started = await start(false);
    expect((await started.get("/missing")).body).toBe("not here");
    expect(logged(started)).toEqual(["viewer-request /missing", "origin-request /missing"]);
  });
});
