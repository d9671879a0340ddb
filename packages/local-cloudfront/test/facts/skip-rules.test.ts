import { describe, expect, it } from "vitest";
import { passAll, returning } from "../support/function-sources.ts";
import { startTestCloudFront } from "../support/start-test-cloudfront.ts";

const generated = (status: number, headers = ""): string =>
  returning(`{ status: "${status}", headers: { ${headers} } }`);

describe("which functions run", () => {
  it("LE-A-01: a miss runs all four events in AWS's order", async () => {
    const { get, steps } = await startTestCloudFront({ functions: passAll });
    expect((await get("/a.html")).xCache).toBe("Miss");
    expect(steps()).toEqual([
      "cache-behavior",
      "viewer-request",
      "cache-miss",
      "origin-request",
      "origin",
      "origin-response",
      "cache-store",
      "viewer-response",
    ]);
  });

  it("LE-A-02: a hit skips both origin events", async () => {
    const { get, steps } = await startTestCloudFront({ functions: passAll });
    await get("/a.html");
    expect((await get("/a.html")).xCache).toBe("Hit");
    expect(steps()).toEqual([
      "cache-behavior",
      "viewer-request",
      "cache-hit",
      "skipped",
      "skipped",
      "viewer-response",
    ]);
  });

  it("LE-A-11, LE-D-10: a viewer-request response is returned, not cached, and ends the request", async () => {
    const { get, steps } = await startTestCloudFront({
      functions: { ...passAll, "viewer-request": generated(401) },
    });
    for (const _attempt of [1, 2]) {
      const { status, xCache } = await get("/a.html");
      expect({ status, xCache }).toEqual({ status: 401, xCache: "LambdaGeneratedResponse" });
      expect(steps()).toEqual(["cache-behavior", "viewer-request", "skipped"]);
    }
  });

  it("LE-A-07, LE-A-12, LE-A-50: an origin-request response skips origin-response and is cached", async () => {
    const { get, invoked } = await startTestCloudFront({
      functions: {
        ...passAll,
        "origin-request": generated(
          302,
          'location: [{ value: "/b" }], "cache-control": [{ value: "max-age=60" }]',
        ),
      },
    });
    expect((await get("/a.html")).xCache).toBe("LambdaGeneratedResponse");
    expect(invoked()).toEqual(["viewer-request", "origin-request", "viewer-response"]);
    expect((await get("/a.html")).xCache).toBe("Hit");
    expect(invoked()).toEqual(["viewer-request", "viewer-response"]);
  });

  it("LE-A-08, LE-A-12: a generated 404 skips viewer-response, and the trace names who generated it", async () => {
    const { get, cloudfront } = await startTestCloudFront({
      functions: { ...passAll, "origin-request": generated(404, "") },
    });
    await get("/a.html");
    expect(cloudfront.traces().at(-1)?.steps).toContainEqual(
      expect.objectContaining({
        step: "skipped",
        eventType: "viewer-response",
        reason: "LE-A-08: the status that origin-request generated is 404",
      }),
    );
  });

  it("LE-A-06, LE-A-08: an origin error runs origin-response and skips viewer-response", async () => {
    const { get, invoked } = await startTestCloudFront({ functions: passAll });
    const { status, xCache } = await get("/missing.html");
    expect({ status, xCache }).toEqual({ status: 404, xCache: "Error" });
    expect(invoked()).toEqual(["viewer-request", "origin-request", "origin-response"]);
  });

  it("LE-A-46: a cached error runs viewer-request alone", async () => {
    const { get, invoked } = await startTestCloudFront({ functions: passAll });
    await get("/missing.html");
    expect((await get("/missing.html")).xCache).toBe("Error");
    expect(invoked()).toEqual(["viewer-request"]);
  });

  it("LE-A-10, LE-A-14: a custom error page is served without viewer events of its own", async () => {
    const { get, invoked, steps } = await startTestCloudFront({
      functions: passAll,
      distributionConfig: {
        CustomErrorResponses: [
          { ErrorCode: 404, ResponseCode: 200, ResponsePagePath: "/index.html" },
        ],
      },
    });
    const answer = await get("/missing.html");
    expect(answer).toMatchObject({ status: 200, xCache: "Error", body: "<h1>index</h1>" });
    expect(steps()).toContain("custom-error-response");
    expect(invoked().filter((eventType) => eventType.startsWith("viewer"))).toEqual([
      "viewer-request",
    ]);
  });

  it("LE-A-13: the redirect to HTTPS runs no function", async () => {
    const { get, invoked } = await startTestCloudFront({
      functions: passAll,
      properties: { ViewerProtocolPolicy: "redirect-to-https" },
      options: { viewerProtocol: "http" },
    });
    const answer = await get("/a.html?b=1");
    expect(answer).toMatchObject({ status: 301, xCache: "Redirect" });
    expect(answer.headers["location"]).toMatch(/^https:\/\/127\.0\.0\.1:\d+\/a\.html\?b=1$/);
    expect(invoked()).toEqual([]);
  });
});

describe("a function that fails costs its own request", () => {
  it.each([
    ["throws", "exports.handler = async () => { throw new Error('no'); };"],
    ["loops", "exports.handler = async () => { for (;;); };"],
    ["ends the process", "exports.handler = async () => { process.exit(0); };"],
    ["never answers", "exports.handler = () => new Promise(() => { setTimeout(() => {}, 1e6); });"],
    ["cannot be read", "exports.handler = async ( => {};"],
  ])("LE-C-19: one that %s is answered 503, and the next request is served", async (_, source) => {
    const { get } = await startTestCloudFront({
      cacheBehaviors: {
        "bad/*": { functions: { "viewer-request": { source, properties: { Timeout: 1 } } } },
      },
    });
    const answer = await get("/bad/a.html");
    expect(answer).toMatchObject({ status: 503, xCache: "LambdaExecutionError" });
    expect(answer.body).toContain("The request could not be satisfied");
    expect((await get("/a.html")).status).toBe(200);
  });

  it("a protecting function that cannot run never lets a page through", async () => {
    const { get, received } = await startTestCloudFront({
      functions: { "viewer-request": "exports.nothing = 1;" },
      server: (_, response) => {
        response.end("secret");
      },
    });
    expect((await get("/")).status).toBe(503);
    expect(received).toEqual([]);
  });
});
