import { describe, expect, it, vi } from "vitest";
import { figuresOf } from "../../src/replay/describe-report.ts";
import type { TestDistribution } from "../support/distribution-template.ts";
import { changeRequest, changeResponse } from "../support/function-sources.ts";
import { differenceOf, replay, writeLog, type LoggedLine } from "../support/replay.ts";

vi.setConfig({ testTimeout: 60_000 });

/** A cache policy whose key has a cookie. */
const withCookie = (name: string): TestDistribution => ({
  cachePolicy: {
    ParametersInCacheKeyAndForwardedToOrigin: {
      CookiesConfig: { CookieBehavior: "whitelist", Cookies: [name] },
    },
  },
});

const visits = (count: number, line: (index: number) => LoggedLine): string =>
  writeLog(Array.from({ length: count }, (_, index) => line(index)));

describe("a changed cache key", () => {
  const log = () =>
    visits(20, (index) => ({
      "cs-uri-stem": "/page",
      "cs(Cookie)": `session=${index};%20theme=dark`,
      "x-edge-result-type": index === 0 ? "Miss" : "Hit",
    }));

  it("shows in the hit ratios, and the part that costs most is named", async () => {
    const { log: logged, a, b } = await replay(log(), [withCookie("theme"), withCookie("session")]);
    expect([logged.hitRatio, a.hitRatio, b?.hitRatio]).toEqual([0.95, 0.95, 0]);
    expect(b?.cacheKey).toEqual({
      hitRatio: 0,
      without: [{ part: "cookie session", hitRatio: 0.95 }],
      unexaminedParts: 0,
    });
    expect([a.originRequests, b?.originRequests]).toEqual([1, 20]);
    expect([a.originBytes, b?.originBytes]).toEqual([100, 2000]);
  });

  it("gives each edge location a cache of its own", async () => {
    const places = ["FRA56-P1", "NRT20-C2"];
    const { a } = await replay(
      visits(4, (index) => ({ "x-edge-location": places[index % 2] ?? "" })),
      [{}],
    );
    expect(a.resultTypes).toEqual({ Miss: 2, Hit: 2 });
  });

  it("lets objects get old with the log's time", async () => {
    const { a } = await replay(
      visits(3, (index) => ({ time: `1${index}:00:00` })),
      [{ cachePolicy: { DefaultTTL: 5400, MaxTTL: 5400 } }],
    );
    expect(a.resultTypes).toEqual({ Miss: 1, Hit: 1, RefreshHit: 1 });
  });
});

describe("a changed function", () => {
  it("shows in statuses, redirects and rewritten URIs, with the most frequent examples first", async () => {
    const paths = ["/old?token=secret", "/notes/1", "/notes/1", "/plain"];
    const log = writeLog(
      paths.map((path) => {
        const [stem = "", query = "-"] = path.split("?");
        return { "cs-uri-stem": stem, "cs-uri-query": query };
      }),
    );
    const b = changeRequest(`
      if (request.uri === "/old") return { status: "302", headers: { location: [{ value: "/new?" + request.querystring }] } };
      if (request.uri.startsWith("/notes/")) request.uri = "/index.html";
    `);
    const report = await replay(log, [{}, { functions: { "viewer-request": b } }]);
    expect(report.differingRequests).toBe(3);
    expect(differenceOf(report, "status")).toEqual({
      what: "status",
      requests: 1,
      examples: [{ path: "/old", before: "200", after: "302", requests: 1 }],
    });
    expect(differenceOf(report, "redirect")?.examples).toEqual([
      { path: "/old", after: "/new?token=[masked]", requests: 1 },
    ]);
    // What is redirected is not rewritten.
    expect(differenceOf(report, "rewritten URI")?.examples).toEqual([
      { path: "/notes/1", before: "/notes/1", after: "/index.html", requests: 2 },
    ]);
    expect(report.b?.functions).toMatchObject([
      { eventType: "viewer-request", engine: "lambda-edge", invocations: 4, failures: 0 },
    ]);
  });

  it("shows what fails, with the fact and the path", async () => {
    const failing = changeRequest(`if (request.uri === "/x") throw new Error("no");`);
    const report = await replay(writeLog([{ "cs-uri-stem": "/x" }, {}]), [
      {},
      { functions: { "viewer-request": failing } },
    ]);
    const { b } = report;
    expect(b?.functions).toMatchObject([
      { invocations: 2, failures: 1, failureExamples: [{ requests: 1 }] },
    ]);
    expect(b?.functions[0]?.failureExamples[0]?.text).toMatch(/^LE-\S+ \/x: /);
    const rows = figuresOf(report).filter(([name]) => name.includes("Lambda@Edge"));
    expect(rows).toEqual([
      ["invocations on Lambda@Edge", "", "0", "2"],
      ["failures on Lambda@Edge", "", "0", "1"],
    ]);
  });

  it("shows in headers, without the addresses and secrets of viewers", async () => {
    const b = changeResponse(`
      response.headers["x-seen"] = [{ value: request.clientIp + " " + request.querystring }];
      response.headers["set-cookie"] = [{ value: "id=12345; Path=/" }];
    `);
    const log = writeLog([{ "cs-uri-query": "q=private" }]);
    const sides = [{}, { functions: { "viewer-response": b } }];
    const report = await replay(log, sides);
    expect(differenceOf(report, "header x-seen")?.examples).toEqual([
      { path: "/", after: "[masked] q=[masked]", requests: 1 },
    ]);
    expect(differenceOf(report, "header set-cookie")?.examples[0]?.after).toBe(
      "id=[masked]; Path=/",
    );
    expect(JSON.stringify(report)).not.toMatch(/private|203\.0\.113\.9|12345/);
    const unmasked = await replay(log, sides, { unmasked: true });
    expect(differenceOf(unmasked, "header x-seen")?.examples[0]?.after).toBe(
      "203.0.113.9 q=private",
    );
  });
});

it("headers are counted by their change, with the path of the first request", async () => {
  const policy = (value: string): TestDistribution => ({
    responseHeadersPolicy: {
      CustomHeadersConfig: { Items: [{ Header: "X-Tier", Value: value, Override: true }] },
    },
  });
  const log = writeLog(Array.from({ length: 12 }, (_, index) => ({ "cs-uri-stem": `/${index}` })));
  const report = await replay(log, [policy("a"), policy("b")]);
  expect(differenceOf(report, "header x-tier")?.examples).toEqual([
    { path: "/0", before: "a", after: "b", requests: 12 },
  ]);
});

it("a changed policy is found and named by the headers that it changes", async () => {
  const policy = (frameOption: string): TestDistribution => ({
    responseHeadersPolicy: {
      SecurityHeadersConfig: { FrameOptions: { FrameOption: frameOption, Override: true } },
    },
  });
  const report = await replay(writeLog([{}, {}]), [policy("DENY"), policy("SAMEORIGIN")]);
  expect(report.differences).toEqual([
    {
      what: "header x-frame-options",
      requests: 2,
      examples: [{ path: "/", before: "DENY", after: "SAMEORIGIN", requests: 2 }],
    },
  ]);
});

describe("what the log does not tell", () => {
  it("is assumed to be a 200 of the origin where a function had responded, and counted", async () => {
    const line = { "sc-status": 301, "x-edge-result-type": "FunctionGeneratedResponse" };
    const report = await replay(writeLog([line]), [{}]);
    expect(report.a).toMatchObject({ statuses: { 200: 1 }, unknownResponses: 1 });
    expect(report.logDifferences).toMatchObject({
      requests: 1,
      examples: [{ path: "/", before: "301", after: "200", requests: 1 }],
    });
  });

  it("is named, where the distribution refuses what CloudFront has served", async () => {
    const { a } = await replay(writeLog([{ "x-host-header": "www.example.com" }]), [{}]);
    expect(a.refusals).toEqual([
      { requests: 1, text: expect.stringContaining('name "www.example.com"') as string },
    ]);
  });

  it("is no difference: conditions and ranges", async () => {
    const { a, logDifferences } = await replay(
      writeLog([{ "sc-status": 206 }, { "sc-status": 304 }, { "sc-status": "000" }]),
      [{}],
    );
    expect(a.statuses).toEqual({ 200: 3 });
    expect(logDifferences.requests).toBe(0);
  });
});

it("a weight counts in every figure, and only the first of its requests finds the cache empty", async () => {
  const { log, a } = await replay(writeLog([{ weight: 100 }]), [{}]);
  expect([log.requests, a.requests]).toEqual([100, 100]);
  expect(a.resultTypes).toEqual({ Miss: 1, Hit: 99 });
  expect(a.originBytes).toBe(100);
});

it("a line that stands for several requests gives each the status of the log", async () => {
  const line = { "cs-method": "POST", "sc-status": 404, "x-edge-result-type": "Error", weight: 9 };
  expect((await replay(writeLog([line]), [{}])).a.statuses).toEqual({ 404: 9 });
});

it("a custom error response tells the status of the origin behind a logged 200", async () => {
  const rule = { ResponseCode: 200, ResponsePagePath: "/index.html", ErrorCachingMinTTL: 0 };
  const CustomErrorResponses = [403, 404].map((ErrorCode) => ({ ErrorCode, ...rule }));
  const a = { distributionConfig: { CustomErrorResponses } };
  const log = writeLog([{ "cs-uri-stem": "/x", "x-edge-result-type": "Error" }]);
  const report = await replay(log, [a, {}]);
  expect(report.a).toMatchObject({ statuses: { 200: 1 }, unknownResponses: 0, originRequests: 2 });
  expect(report.b).toMatchObject({ statuses: { 403: 1 }, unknownResponses: 0 });
});

it("a sample holds all requests of a path or none", async () => {
  const log = visits(400, (index) => ({ "cs-uri-stem": `/${index % 100}` }));
  const { lines, a } = await replay(log, [{}], { sample: 0.5 });
  expect(lines.replayed + lines.unsampled).toBe(400);
  expect(lines.replayed % 4).toBe(0);
  expect(lines.replayed).toBeGreaterThan(100);
  expect(lines.unsampled).toBeGreaterThan(100);
  expect(a.resultTypes).toEqual({ Miss: lines.replayed / 4, Hit: (lines.replayed * 3) / 4 });
});

it("lines are replayed in the order of their times", async () => {
  const log = writeLog([
    { "cs-uri-stem": "/a", time: "12:00:09" },
    { "cs-uri-stem": "/a", time: "12:00:01" },
  ]);
  const { a, lines, period } = await replay(log, [{ cachePolicy: { DefaultTTL: 5, MaxTTL: 5 } }]);
  expect(lines.late).toBe(0);
  expect(a.resultTypes).toEqual({ Miss: 1, RefreshHit: 1 });
  expect(period?.from).toBe("2026-11-30T12:00:01.000Z");
});
