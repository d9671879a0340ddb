import { describe, expect, it } from "vitest";
import { refusalOf } from "../support/function-failures.ts";
import { changeRequest, passAll } from "../support/function-sources.ts";
import { startOriginServer } from "../support/start-origin-server.ts";
import { startTestCloudFront } from "../support/start-test-cloudfront.ts";

const throttledSentence =
  "The Lambda function associated with the CloudFront distribution was throttled.";

describe("what is too much at once", () => {
  it("LE-C-20, LE-C-21, LE-E-06: is answered 503 and costs nobody else", async () => {
    const arrived = Promise.withResolvers<void>();
    const released = Promise.withResolvers<void>();
    const gate = await startOriginServer(async (_, response) => {
      arrived.resolve();
      await released.promise;
      response.end();
    });
    const { get, cloudfront } = await startTestCloudFront({
      functions: {
        "viewer-request": changeRequest(
          `if (request.uri === "/slow.html") await fetch("${gate.url}");`,
        ),
      },
      files: { "slow.html": "slow", "a.html": "a" },
      options: { functionLimits: { concurrency: 1 } },
    });
    const slow = get("/slow.html");
    await arrived.promise;
    expect(refusalOf(await get("/a.html"), cloudfront)).toEqual({
      status: 503,
      xCache: "LambdaLimitExceeded",
      sentence: throttledSentence,
      factId: "LE-C-20",
    });
    released.resolve();
    expect(await slow).toMatchObject({ status: 200, body: "slow" });
    expect(await get("/a.html")).toMatchObject({ status: 200, body: "a" });
  });

  it("LE-E-06: the Region's quota is an option as well", async () => {
    const { get } = await startTestCloudFront({
      functions: passAll,
      options: { quotas: { concurrencyPerRegion: 0 } },
    });
    expect(await get("/a.html")).toMatchObject({ status: 503, xCache: "LambdaLimitExceeded" });
  });
});
