import { describe, expect, it } from "vitest";
import { returning } from "../support/function-sources.ts";
import { respondsInTurn } from "../support/origin-responses.ts";
import { requestRaw } from "../support/raw-http.ts";
import {
  startTestCloudFront,
  type TestCloudFrontOptions,
} from "../support/start-test-cloudfront.ts";

const sampled = (SamplingRate: number): TestCloudFrontOptions => ({
  responseHeadersPolicy: { ServerTimingHeadersConfig: { Enabled: true, SamplingRate } },
});

/** The metrics by name, in order; a duration is written as N. */
function metricsOf(headers: Readonly<Record<string, string>>): readonly string[] {
  const text = (headers["server-timing"] ?? "").replaceAll(/dur=\d+/g, "dur=N");
  return text.split(",").map((metric) => metric.trim());
}

describe("Server-Timing", () => {
  it("of a miss names the upstream, after what the origin says", async () => {
    const { get } = await startTestCloudFront({
      ...sampled(100),
      server: respondsInTurn({ headers: { "server-timing": "db;dur=53.2" } }),
    });
    const { headers } = await get("/");
    expect(metricsOf(headers)).toEqual([
      "db;dur=N.2",
      'cdn-upstream-layer;desc="EDGE"',
      "cdn-upstream-fbl;dur=N",
      "cdn-cache-miss",
      `cdn-pop;desc="${headers["x-amz-cf-pop"]}"`,
      `cdn-rid;desc="${headers["x-amz-cf-id"]}"`,
      "cdn-downstream-fbl;dur=N",
    ]);
  });

  it("of a hit has CloudFront's metrics alone", async () => {
    const { get } = await startTestCloudFront({
      ...sampled(100),
      server: respondsInTurn({ headers: { "server-timing": "db;dur=53" } }),
    });
    await get("/");
    const { headers } = await get("/");
    expect(metricsOf(headers)).toEqual([
      "cdn-cache-hit",
      `cdn-pop;desc="${headers["x-amz-cf-pop"]}"`,
      `cdn-rid;desc="${headers["x-amz-cf-id"]}"`,
      'cdn-hit-layer;desc="EDGE"',
      "cdn-downstream-fbl;dur=N",
    ]);
  });

  it("of a revalidated object says so, that of a generated response says nothing of the cache", async () => {
    const { cloudfront, get } = await startTestCloudFront({
      ...sampled(100),
      functions: {
        "viewer-request": `exports.handler = async (event) => {
          const { request } = event.Records[0].cf;
          return request.uri === "/generated" ? { status: "200" } : request;
        };`,
      },
      files: { "a.html": "a" },
    });
    await get("/a.html");
    cloudfront.clock.advance(86_401);
    const refreshed = metricsOf((await get("/a.html")).headers);
    expect(refreshed).toContain("cdn-cache-refresh");
    expect(refreshed).not.toContain('cdn-upstream-layer;desc="EDGE"');
    const generated = metricsOf((await get("/generated")).headers);
    expect(generated.filter((metric) => metric.startsWith("cdn-cache"))).toEqual([]);
  });

  it("of a response that origin-request generated is a miss without an upstream", async () => {
    const { get } = await startTestCloudFront({
      ...sampled(100),
      functions: { "origin-request": returning('{ status: "200" }') },
    });
    const metrics = metricsOf((await get("/")).headers);
    expect(metrics).toContain("cdn-cache-miss");
    expect(metrics).not.toContain('cdn-upstream-layer;desc="EDGE"');
  });

  it("at a rate of 0 is there only where Pragma asks for it", async () => {
    const { cloudfront } = await startTestCloudFront(sampled(0));
    const plain = await requestRaw(cloudfront.url, "/a.html");
    expect(plain.headers).not.toHaveProperty("server-timing");
    const asked = await requestRaw(cloudfront.url, "/a.html", { pragma: "server-timing" });
    expect(metricsOf(asked.headers)).toContain("cdn-cache-hit");
  });

  it("at a rate of 50 is on some answers and not on others", async () => {
    const { get } = await startTestCloudFront(sampled(50));
    let carried = 0;
    for (let count = 0; count < 100; count++) {
      if ("server-timing" in (await get("/a.html")).headers) carried++;
    }
    expect(carried).toBeGreaterThan(10);
    expect(carried).toBeLessThan(90);
  });

  it("is not there without the setting, whatever Pragma says", async () => {
    const { cloudfront } = await startTestCloudFront({
      responseHeadersPolicy: { ServerTimingHeadersConfig: { Enabled: false } },
    });
    const { headers } = await requestRaw(cloudfront.url, "/a.html", { pragma: "server-timing" });
    expect(headers).not.toHaveProperty("server-timing");
  });
});
