import { describe, expect, it } from "vitest";
import {
  changeRequest,
  passResponse,
  pathChanging,
  pathReturning,
  returnByPath,
  returning,
} from "../support/function-sources.ts";
import {
  failureOf,
  recordAll,
  recordedEvents,
  recordRequest,
  recordResponse,
  warningsOf,
} from "../support/recorded-events.ts";
import { requestRaw } from "../support/raw-http.ts";
import {
  shareTestCloudFront,
  startTestCloudFront,
  type TestCloudFront,
} from "../support/start-test-cloudfront.ts";

const server = (_: unknown, response: { end(body: string): void }): void => response.end("body");

const forwardingAll = {
  originRequestPolicy: {
    HeadersConfig: { HeaderBehavior: "none" },
    CookiesConfig: { CookieBehavior: "all" },
    QueryStringsConfig: { QueryStringBehavior: "all" },
  },
} as const;

const returningByPath = shareTestCloudFront({ cacheBehaviors: returnByPath });

const originUrls = ({ received }: TestCloudFront): string[] => received.map(({ url }) => url);

describe("uri", () => {
  it("LE-B-13, LE-B-06: uri and query string are raw, the host is no part of them", async () => {
    const test = await startTestCloudFront({ ...forwardingAll, functions: recordAll, server });
    const [uri, querystring] = ["/a%20b/%2e%2E/%C3%A9//c", "q=a%20b+c&x=%26&&=&d?e"];
    await requestRaw(test.cloudfront.url, `${uri}?${querystring}`);
    for (const { request } of Object.values(recordedEvents(test.cloudfront))) {
      expect([request.uri, request.querystring]).toEqual([uri, querystring]);
    }
    expect(originUrls(test)).toEqual([`${uri}?${querystring}`]);
  });

  it("LE-B-06: without a query string it is empty, with a bare ? as well", async () => {
    const { get, cloudfront } = await startTestCloudFront({ functions: recordAll });
    for (const path of ["/a.html", "/a.html?"]) {
      await get(path);
      expect(recordedEvents(cloudfront)["viewer-request"].request.querystring).toBe("");
    }
  });

  it("LE-B-12: another uri selects neither another cache behavior nor another origin", async () => {
    const api = { functions: { "viewer-request": returning('{ status: "418" }') } };
    const test = await startTestCloudFront({
      functions: {
        "viewer-request": changeRequest('request.uri = "/api/a";'),
        "origin-request": recordRequest('request.uri += "/b";'),
      },
      cacheBehaviors: { "/api/*": api },
      server,
    });
    expect((await test.get("/a")).status).toBe(200);
    expect(test.cloudfront.traces().at(-1)?.steps[0]).toMatchObject({
      step: "cache-behavior",
      pathPattern: "*",
    });
    expect(recordedEvents(test.cloudfront)["origin-request"].request.uri).toBe("/api/a");
    expect(originUrls(test)).toEqual(["/api/a/b"]);
    expect((await test.get("/api/a")).status).toBe(418);
  });

  it.each([
    ['request.uri = "index.html";', 'LE-B-11: uri is not a path: got "index.html".'],
    ['request.uri = "/a b";', 'LE-B-11: uri is not a path: got "/a b".'],
    ["request.uri = 7;", "LE-B-56: uri is not a path: got 7."],
    ["delete request.uri;", "LE-B-56: uri is not a path: got undefined."],
    [
      'request.uri = "/" + "a".repeat(8191);',
      "LE-B-10: uri and querystring are too long: got 8192 characters.",
    ],
  ])(
    "LE-B-10, LE-B-11, LE-B-56: %s is answered 502, at both request events",
    async (change, why) => {
      for (const eventType of ["viewer-request", "origin-request"] as const) {
        const { get, cloudfront } = await returningByPath();
        const { status, xCache, body } = await get(pathChanging(eventType, change));
        expect([status, xCache]).toEqual([502, "LambdaValidationError"]);
        expect(body).toContain("invalid URI format");
        expect(failureOf(cloudfront)).toContain(why);
      }
    },
  );

  it("LE-B-10: a uri one character shorter goes to the origin", async () => {
    const test = await startTestCloudFront({
      functions: { "origin-request": changeRequest('request.uri = "/" + "a".repeat(8190);') },
      server,
    });
    expect((await test.get("/")).status).toBe(200);
    expect(originUrls(test)[0]).toHaveLength(8191);
  });
});

describe("querystring", () => {
  const capture = async (
    policies: Parameters<typeof startTestCloudFront>[0],
  ): Promise<readonly string[]> => {
    const test = await startTestCloudFront({ ...policies, functions: recordAll, server });
    await test.get("/a?b=1&c=2");
    const events = Object.values(recordedEvents(test.cloudfront));
    return [...events.map(({ request }) => request.querystring), ...originUrls(test)];
  };
  const inCacheKey = (config: object) => ({
    cachePolicy: { ParametersInCacheKeyAndForwardedToOrigin: { QueryStringsConfig: config } },
  });

  it("LE-B-07: without a policy that forwards it, origin events have none", async () => {
    expect(await capture({})).toEqual(["b=1&c=2", "", "", "b=1&c=2", "/a"]);
  });

  it.each([
    ["the cache policy", inCacheKey({ QueryStringBehavior: "all" })],
    ["the origin request policy", forwardingAll],
  ])("LE-B-07: where %s forwards all, origin events have it all", async (_, policies) => {
    expect(await capture(policies)).toEqual([...Array(4).fill("b=1&c=2"), "/a?b=1&c=2"]);
  });

  it("LE-B-07: where a policy lists parameters, origin events have those that are sent", async () => {
    const list = { QueryStringBehavior: "whitelist", QueryStrings: ["c"] };
    expect(await capture(inCacheKey(list))).toEqual(["b=1&c=2", "c=2", "c=2", "b=1&c=2", "/a?c=2"]);
  });

  it("LE-B-08: request functions write it, response functions cannot", async () => {
    const test = await startTestCloudFront({
      ...inCacheKey({ QueryStringBehavior: "all" }),
      functions: {
        "viewer-request": recordRequest('request.querystring = "b=2";'),
        "origin-request": recordRequest('request.querystring += "&c=3";'),
        "origin-response": recordResponse('request.querystring = "lost"; request.uri = "/lost";'),
        "viewer-response": recordResponse('request.querystring = "lost";'),
      },
      server,
    });
    await test.get("/a?b=1");
    const events = Object.entries(recordedEvents(test.cloudfront));
    expect(events.map(([eventType, { request }]) => `${eventType} ${request.querystring}`)).toEqual(
      [
        "viewer-request b=1",
        "origin-request b=2",
        "origin-response b=2&c=3",
        "viewer-response b=2",
      ],
    );
    expect(originUrls(test)).toEqual(["/a?b=2&c=3"]);
    // The cache key is made of what viewer-request wrote.
    expect((await test.get("/a?b=7")).xCache).toBe("Hit");
  });

  it("LE-B-08: what origin-request writes is sent, though no policy forwards query strings", async () => {
    const test = await startTestCloudFront({
      functions: { "origin-request": changeRequest('request.querystring = "v=1";') },
      server,
    });
    await test.get("/a");
    expect(originUrls(test)).toEqual(["/a?v=1"]);
  });

  it.each(["a=b c", "a=\t", "a\n=b", "a=#"])(
    "LE-B-09: %j is answered 502, at both request events",
    async (querystring) => {
      for (const eventType of ["viewer-request", "origin-request"] as const) {
        const { get, cloudfront } = await returningByPath();
        const change = `request.querystring = ${JSON.stringify(querystring)};`;
        const { status, xCache } = await get(pathChanging(eventType, change));
        expect([status, xCache]).toEqual([502, "LambdaValidationError"]);
        expect(failureOf(cloudfront)).toContain(
          `LE-B-09: querystring is not allowed: got ${JSON.stringify(querystring)}.`,
        );
      }
    },
  );
});

describe("what cannot be changed is kept", () => {
  it("LE-B-04, LE-B-05: method and clientIp, with a warning", async () => {
    const test = await startTestCloudFront({
      functions: {
        ...recordAll,
        "viewer-request": changeRequest('request.method = "GET"; request.clientIp = "192.0.2.9";'),
        "origin-request": recordRequest('request.method = "DELETE";'),
      },
      server,
    });
    await test.request("/a", { method: "POST", body: "b" });
    expect(test.received[0]).toMatchObject({ method: "POST", body: "b" });
    expect(recordedEvents(test.cloudfront)["origin-request"].request).toMatchObject({
      method: "POST",
      clientIp: "127.0.0.1",
    });
    expect(warningsOf(test.cloudfront)).toMatchInlineSnapshot(`
      [
        "LE-B-05: method is read-only: got "GET". "POST" stays.",
        "LE-B-04: clientIp is read-only: got "192.0.2.9". "127.0.0.1" stays.",
        "LE-B-05: method is read-only: got "DELETE". "POST" stays.",
      ]
    `);
  });

  it("LE-B-57: cookies that are not forwarded are not in origin events, and are in viewer events", async () => {
    const { get, cloudfront } = await startTestCloudFront({ functions: recordAll });
    await get("/a.html", { cookie: "a=1" });
    const cookies = Object.values(recordedEvents(cloudfront)).map(
      ({ request }) => request.headers["cookie"]?.[0]?.value,
    );
    expect(cookies).toEqual(["a=1", undefined, undefined, "a=1"]);
  });
});

describe("what a function returns", () => {
  it.each([
    ["undefined", "undefined", "LE-B-54"],
    ["null", "null", "LE-B-54"],
    ["a string", '"200"', "LE-B-54"],
    ["an array", "[event]", "LE-B-54"],
    ["the event", "event", "LE-B-55"],
    ["the shape of API Gateway", '{ statusCode: 200, body: "" }', "LE-D-25"],
    ["the response of a request event", "event.Records[0].cf.response", "LE-B-54"],
  ])("LE-B-53, LE-B-54, LE-B-55: %s is answered 502", async (_, expression, factId) => {
    const { get, cloudfront } = await returningByPath();
    const { status, xCache, body } = await get(pathReturning("viewer-request", expression));
    expect([status, xCache]).toEqual([502, "LambdaValidationError"]);
    expect(failureOf(cloudfront)).toMatch(new RegExp(`^${factId}: The result `));
    expect(body).toContain(
      factId === "LE-B-54"
        ? "The Lambda function returned invalid JSON: The JSON output must be an object type."
        : "The Lambda function returned an invalid request or response to CloudFront.",
    );
  });

  it("LE-B-53: a response function that returns the request is answered 502", async () => {
    for (const eventType of ["origin-response", "viewer-response"] as const) {
      const { get, cloudfront } = await startTestCloudFront({
        functions: { [eventType]: returning("event.Records[0].cf.request") },
      });
      expect((await get("/a.html")).status).toBe(502);
      expect(failureOf(cloudfront)).toMatch(/^LE-B-53: /);
    }
  });

  it("LE-B-55: a status makes it a response, a uri a request", async () => {
    const { get } = await startTestCloudFront({
      functions: {
        "viewer-request": returning(
          'event.Records[0].cf.request.uri === "/b" ? { status: "200", uri: "/a.html" } : { uri: "/a.html" }',
        ),
      },
    });
    expect(await get("/b")).toMatchObject({ status: 200, body: "" });
    expect(await get("/c")).toMatchObject({ status: 200, body: "<h1>a</h1>" });
  });

  it("LE-B-56: headers that are missing altogether stay, with a warning", async () => {
    const test = await startTestCloudFront({
      functions: {
        "origin-request": returning('{ uri: "/b" }'),
        "viewer-response": passResponse,
      },
      server,
    });
    await test.get("/a");
    expect(test.received[0]).toMatchObject({
      url: "/b",
      headers: { host: "origin.example.com", "user-agent": "Amazon CloudFront" },
    });
    expect(warningsOf(test.cloudfront)).toMatchInlineSnapshot(`
      [
        "LE-B-56: headers are missing in the result: those of the event stay. Return them.",
      ]
    `);
  });
});
