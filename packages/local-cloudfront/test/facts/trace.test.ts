import { describe, expect, it } from "vitest";
import type { FunctionStep, Trace, TraceStep } from "../../src/index.ts";
import { changeRequest, changeResponse, passAll, returning } from "../support/function-sources.ts";
import { startTestCloudFront, type TestCloudFront } from "../support/start-test-cloudfront.ts";

const rewriting = {
  ...passAll,
  "viewer-request": changeRequest(`console.log("rewriting"); request.uri = "/a.html";`),
  "viewer-response": changeResponse(
    `response.headers["x-frame-options"] = [{ key: "X-Frame-Options", value: "DENY" }];`,
  ),
};

function lastTrace({ cloudfront }: TestCloudFront): Trace {
  const trace = cloudfront.traces().at(-1);
  if (trace === undefined) throw new Error("There is no trace.");
  return trace;
}

function stepOf<Name extends TraceStep["step"]>(
  trace: Trace,
  name: Name,
): Extract<TraceStep, { step: Name }> {
  const step = trace.steps.find((candidate) => candidate.step === name);
  if (step === undefined) throw new Error(`The trace has no step ${name}.`);
  return step as Extract<TraceStep, { step: Name }>;
}

function functionStepOf(trace: Trace, eventType: FunctionStep["step"]): FunctionStep {
  const step = trace.steps.find((candidate) => candidate.step === eventType);
  if (step === undefined || !("run" in step)) throw new Error(`${eventType} did not run.`);
  return step;
}

describe("the trace of a request", () => {
  it("tells the cache behavior and the patterns that were tried, in order", async () => {
    const test = await startTestCloudFront({
      cacheBehaviors: { "/api/*": {}, "/img/*": {}, "/other/*": {} },
    });
    await test.get("/img/a.png");
    expect(stepOf(lastTrace(test), "cache-behavior")).toMatchObject({
      pathPattern: "/img/*",
      patternsTried: ["/api/*", "/img/*"],
    });
    await test.get("/a.html");
    expect(stepOf(lastTrace(test), "cache-behavior").patternsTried).toEqual([
      "/api/*",
      "/img/*",
      "/other/*",
      "*",
    ]);
  });

  it("tells what the viewer sent and got", async () => {
    const test = await startTestCloudFront();
    await test.get("/a.html?v=1", { "X-Test": "yes" });
    expect(lastTrace(test)).toMatchObject({
      method: "GET",
      uri: "/a.html",
      querystring: "v=1",
      status: 200,
      request: {
        protocol: "https",
        httpVersion: "1.1",
        bodyBytes: 0,
        headers: { "x-test": [{ key: "X-Test", value: "yes" }] },
      },
      response: {
        status: 200,
        bodyBytes: 10,
        headers: { "x-cache": [{ key: "X-Cache", value: "Miss from cloudfront" }] },
      },
    });
  });

  it("tells each function's event, result, differences, console and version", async () => {
    const test = await startTestCloudFront({ functions: rewriting });
    await test.get("/notes/1");
    const step = functionStepOf(lastTrace(test), "viewer-request");
    expect(step).toMatchObject({
      outcome: "request",
      coldStart: true,
      function: { version: "1", lambdaVersion: "1" },
      changes: [{ part: "uri", name: "", before: "/notes/1", after: "/a.html" }],
      result: { uri: "/a.html" },
    });
    expect(step.event).toMatchObject({ Records: [{ cf: { request: { uri: "/notes/1" } } }] });
    expect(step.consoleLines).toEqual([expect.stringContaining("rewriting")]);
    expect(step.run.durationMs).toBeGreaterThan(0);
    expect(functionStepOf(lastTrace(test), "viewer-response").changes).toEqual([
      { part: "header", name: "x-frame-options", before: undefined, after: "DENY" },
    ]);
    expect(functionStepOf(lastTrace(test), "origin-request").changes).toEqual([]);
  });

  it("tells a status, a body and a header that a function replaced", async () => {
    const test = await startTestCloudFront({
      functions: {
        "origin-response": changeResponse(
          `response.status = "203"; response.body = "new"; delete response.headers.etag;`,
        ),
      },
    });
    await test.get("/a.html");
    const { changes } = functionStepOf(lastTrace(test), "origin-response");
    expect(changes).toContainEqual({ part: "status", name: "", before: "200", after: "203" });
    expect(changes).toContainEqual({
      part: "body",
      name: "",
      before: "10 bytes",
      after: "3 bytes",
    });
    expect(changes).toContainEqual(
      expect.objectContaining({ part: "header", name: "etag", after: undefined }),
    );
  });

  it("tells what an origin-request function changed of the origin", async () => {
    const test = await startTestCloudFront({
      functions: { "origin-request": changeRequest(`request.origin.s3.path = "/elsewhere";`) },
    });
    await test.get("/a.html");
    expect(functionStepOf(lastTrace(test), "origin-request").changes).toEqual([
      { part: "origin", name: "s3.path", before: "", after: "/elsewhere" },
    ]);
  });

  it("tells all of a generated response as new", async () => {
    const test = await startTestCloudFront({
      functions: {
        "viewer-request": returning(
          `{ status: "302", headers: { location: [{ value: "/other" }] } }`,
        ),
      },
    });
    await test.get("/a.html");
    const { outcome, changes } = functionStepOf(lastTrace(test), "viewer-request");
    expect(outcome).toBe("generated-response");
    expect(changes).toContainEqual({
      part: "status",
      name: "",
      before: undefined,
      after: "302",
    });
    expect(changes).toContainEqual({
      part: "header",
      name: "location",
      before: undefined,
      after: "/other",
    });
  });

  it("tells the result that CloudFront refused, and by which fact", async () => {
    const test = await startTestCloudFront({
      functions: { "viewer-request": changeRequest(`request.uri = "no-slash";`) },
    });
    await test.get("/a.html");
    expect(functionStepOf(lastTrace(test), "viewer-request")).toMatchObject({
      outcome: "failure",
      failure: { factId: "LE-B-11", status: 502 },
      result: { uri: "no-slash" },
      changes: [],
    });
  });

  it("CF-G-01, CF-G-02: explains each component of the cache key and what is left out of it", async () => {
    const test = await startTestCloudFront({
      functions: rewriting,
      cachePolicy: {
        ParametersInCacheKeyAndForwardedToOrigin: {
          QueryStringsConfig: { QueryStringBehavior: "whitelist", QueryStrings: ["v"] },
          CookiesConfig: { CookieBehavior: "whitelist", Cookies: ["theme"] },
        },
      },
    });
    await test.get("/notes/1?v=2&utm=x", { Cookie: "theme=dark; session=abcdef" });
    const { cacheKey } = stepOf(lastTrace(test), "cache-miss");
    expect(cacheKey.components).toMatchObject([
      {
        kind: "path",
        value: "/a.html",
        source: "viewer-request",
        rule: "CF-G-01: the path is always part of the key",
      },
      { kind: "querystring", name: "v", value: "2", source: "viewer" },
      { kind: "cookie", name: "theme", value: "[masked]", source: "viewer" },
    ]);
    expect(cacheKey.leftOut).toEqual([
      { kind: "querystring", name: "utm" },
      { kind: "cookie", name: "session" },
    ]);
  });

  it("LE-A-42: tells that the default root object gave the path of the cache key", async () => {
    const test = await startTestCloudFront({
      distributionConfig: { DefaultRootObject: "index.html" },
    });
    await test.get("/");
    expect(stepOf(lastTrace(test), "cache-miss").cacheKey.components[0]).toMatchObject({
      value: "/index.html",
      source: "default-root-object",
    });
  });

  it("tells what was stored, for how long, and on a hit which rule had decided that", async () => {
    const test = await startTestCloudFront();
    await test.get("/a.html");
    expect(stepOf(lastTrace(test), "cache-store")).toMatchObject({
      bodyBytes: 10,
      lifetime: { ttlSeconds: 86_400, rule: expect.stringMatching(/^CF-G-10: /) },
    });
    test.cloudfront.clock.advance(5);
    await test.get("/a.html");
    expect(stepOf(lastTrace(test), "cache-hit")).toMatchObject({
      ageSeconds: expect.any(Number) as number,
      lifetime: { ttlSeconds: 86_400, rule: expect.stringMatching(/^CF-G-10: /) },
    });
  });

  it("CF-G-11: tells why a response was not stored", async () => {
    const test = await startTestCloudFront({
      server: (_, response) => void response.setHeader("Cache-Control", "no-store").end("x"),
    });
    await test.get("/a");
    expect(stepOf(lastTrace(test), "not-stored").rule).toMatch(/^CF-G-11: no-store/);
  });

  it("tells the exchange with the origin", async () => {
    const test = await startTestCloudFront({
      server: (_, response) => void response.setHeader("X-From", "origin").end("x"),
    });
    await test.get("/a");
    expect(stepOf(lastTrace(test), "origin")).toMatchObject({
      originKind: "custom",
      status: 200,
      request: { method: "GET", uri: "/a" },
      response: {
        status: 200,
        bodyBytes: 1,
        headers: { "x-from": [{ key: "X-From", value: "origin" }] },
      },
    });
  });
});

describe("secrets in a trace", () => {
  const secrets = { Authorization: "Bearer s3cr3t-token", Cookie: "session=s3cr3t-cookie" };
  const server = {
    functions: {
      "viewer-request": changeRequest(`request.headers["x-seen"] = [{ value:
      request.headers.authorization[0].value.length + "," + request.headers.cookie[0].value.length }];`),
    },
    cachePolicy: {
      ParametersInCacheKeyAndForwardedToOrigin: {
        CookiesConfig: { CookieBehavior: "all" },
        HeadersConfig: { HeaderBehavior: "whitelist", Headers: ["Authorization"] },
      },
    },
  } as const;

  it("are masked wherever headers stand, while functions and origins get them as they are", async () => {
    const test = await startTestCloudFront({
      ...server,
      server: (_, response) =>
        void response.setHeader("Set-Cookie", "id=s3cr3t-answer; Path=/; HttpOnly").end("x"),
    });
    const { headers } = await test.get("/a", secrets);
    expect(headers["set-cookie"]).toBe("id=s3cr3t-answer; Path=/; HttpOnly");
    expect(test.received[0]?.headers).toMatchObject({
      authorization: secrets.Authorization,
      cookie: secrets.Cookie,
    });
    const trace = lastTrace(test);
    expect(JSON.stringify(trace)).not.toContain("s3cr3t");
    expect(trace.request.headers["authorization"]?.[0]?.value).toBe("Bearer [masked]");
    expect(trace.request.headers["cookie"]?.[0]?.value).toBe("session=[masked]");
    expect(trace.response.headers["set-cookie"]?.[0]?.value).toBe("id=[masked]; Path=/; HttpOnly");
  });

  it("are those of the headers that the option maskedHeaders names", async () => {
    const test = await startTestCloudFront({ options: { maskedHeaders: ["X-Key"] } });
    await test.get("/a.html", { ...secrets, "x-key": "s3cr3t-key" });
    const { headers } = lastTrace(test).request;
    expect(headers["x-key"]?.[0]?.value).toBe("[masked]");
    expect(headers["authorization"]?.[0]?.value).toBe(secrets.Authorization);
  });
});

describe("traces", () => {
  it("are bounded in number: the oldest go first", async () => {
    const test = await startTestCloudFront({ options: { maxTraces: 2 } });
    for (const path of ["/1", "/2", "/3"]) await test.get(path);
    expect(test.cloudfront.traces().map(({ uri }) => uri)).toEqual(["/2", "/3"]);
  });

  it("are bounded in bytes: what is large pushes the older ones out", async () => {
    const test = await startTestCloudFront({
      functions: { "viewer-request": changeRequest(`console.log("x".repeat(50_000));`) },
      options: { maxTraceBytes: 120_000 },
    });
    for (const path of ["/1", "/2", "/3"]) await test.get(path);
    expect(test.cloudfront.traces().map(({ uri }) => uri)).toEqual(["/2", "/3"]);
  });

  it("are the same value each time they are read", async () => {
    const test = await startTestCloudFront();
    await test.get("/a.html");
    expect(test.cloudfront.traces()[0]).toBe(test.cloudfront.traces()[0]);
  });
});
