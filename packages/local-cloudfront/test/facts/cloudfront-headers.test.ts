import { describe, expect, it } from "vitest";
import { returning } from "../support/function-sources.ts";
import { respondsInTurn } from "../support/origin-responses.ts";
import { requestRaw } from "../support/raw-http.ts";
import { startTestCloudFront } from "../support/start-test-cloudfront.ts";

describe("what CloudFront says of every response", () => {
  it("CF-G-38: Via, X-Amz-Cf-Pop, and X-Amz-Cf-Id equal to the request id", async () => {
    const { cloudfront, get } = await startTestCloudFront();
    const { headers } = await get("/a.html");
    expect(headers["via"]).toMatch(/^1\.1 [0-9a-f]{32}\.cloudfront\.net \(CloudFront\)$/);
    expect(headers["x-amz-cf-pop"]).toMatch(/^[A-Z]{3}\d+-[A-Z]\d+$/);
    expect(headers["x-amz-cf-id"]).toMatch(/^[\w-]{54}==$/);
    expect(headers["x-amz-cf-id"]).toBe(cloudfront.traces().at(-1)?.requestId);
  });

  it("CF-G-38: Age in whole seconds, on what comes from the cache only", async () => {
    const { cloudfront, get } = await startTestCloudFront();
    expect((await get("/a.html")).headers).not.toHaveProperty("age");
    cloudfront.clock.advance(90);
    expect(Number((await get("/a.html")).headers["age"])).toBeGreaterThanOrEqual(90);
  });

  it("CF-G-38: an origin's Via is replaced", async () => {
    const { get } = await startTestCloudFront({
      server: respondsInTurn({ headers: { via: "1.1 proxy" } }),
    });
    expect((await get("/")).headers["via"]).not.toContain("proxy");
  });

  it("CF-G-36, CF-G-37: X-Cache classifies the response", async () => {
    const { cloudfront, get } = await startTestCloudFront({
      files: { "a.html": "a", "generated/a.html": "" },
      cacheBehaviors: {
        "generated/*": { functions: { "viewer-request": returning('{ status: "200" }') } },
        "invalid/*": { functions: { "viewer-request": returning('{ status: "x" }') } },
        "failed/*": { functions: { "viewer-request": "exports.handler = async () => missing;" } },
      },
    });
    const xCacheOf = async (path: string): Promise<string | undefined> =>
      (await get(path)).headers["x-cache"];
    expect(await xCacheOf("/a.html")).toBe("Miss from cloudfront");
    expect(await xCacheOf("/a.html")).toBe("Hit from cloudfront");
    cloudfront.clock.advance(86_401);
    expect(await xCacheOf("/a.html")).toBe("RefreshHit from cloudfront");
    expect(await xCacheOf("/missing")).toBe("Error from cloudfront");
    expect(await xCacheOf("/generated/a.html")).toBe("LambdaGeneratedResponse from cloudfront");
    expect(await xCacheOf("/invalid/a.html")).toBe("LambdaValidationError from cloudfront");
    expect(await xCacheOf("/failed/a.html")).toBe("LambdaExecutionError from cloudfront");
  });

  it("CF-G-37: X-Cache of a redirect to HTTPS", async () => {
    const { get } = await startTestCloudFront({
      properties: { ViewerProtocolPolicy: "redirect-to-https" },
      options: { viewerProtocol: "http" },
    });
    expect((await get("/a.html")).headers["x-cache"]).toBe("Redirect from cloudfront");
  });

  it.each([404, 500])(
    "CF-G-49: a %i is an Error, from the origin and from the cache",
    async (status) => {
      const { get, received } = await startTestCloudFront({ server: respondsInTurn({ status }) });
      expect([(await get("/")).xCache, (await get("/")).xCache]).toEqual(["Error", "Error"]);
      expect(received).toHaveLength(1);
    },
  );
});

describe("HEAD", () => {
  it("CF-G-01: is answered from the object of a GET, with its headers and no body", async () => {
    const { cloudfront, received } = await startTestCloudFront({ server: respondsInTurn({}) });
    await requestRaw(cloudfront.url, "/");
    const { status, headers, body } = await requestRaw(cloudfront.url, "/", {}, "HEAD");
    expect({ status, bytes: body.length }).toEqual({ status: 200, bytes: 0 });
    expect(headers).toMatchObject({ "content-length": "4", "x-cache": "Hit from cloudfront" });
    expect(received).toHaveLength(1);
  });

  it("P-12: goes to the origin as HEAD on a miss, is a Hit for HEAD, and is no object for a GET", async () => {
    const { cloudfront, received } = await startTestCloudFront({ server: respondsInTurn({}) });
    const xCaches: string[] = [];
    for (const method of ["HEAD", "HEAD", "GET", "HEAD"]) {
      const { headers } = await requestRaw(cloudfront.url, "/", {}, method);
      xCaches.push(headers["x-cache"]?.split(" ")[0] ?? "");
    }
    expect(xCaches).toEqual(["Miss", "Hit", "Miss", "Hit"]);
    expect(received.map(({ method }) => method)).toEqual(["HEAD", "GET"]);
  });
});
