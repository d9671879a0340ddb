import { describe, expect, it } from "vitest";
import { recordAll, recordedEvents } from "../support/recorded-events.ts";
import { startTestCloudFront } from "../support/start-test-cloudfront.ts";

describe("the origin in an event", () => {
  it("LE-B-31, LE-B-32: a bucket behind OAC has authMethod none and no region", async () => {
    const { get, cloudfront } = await startTestCloudFront({ functions: recordAll });
    await get("/a.html");
    const { request } = recordedEvents(cloudfront)["origin-request"];
    const [origin] = cloudfront.distribution.origins.values();
    expect(request.origin).toEqual({
      s3: {
        authMethod: "none",
        customHeaders: {},
        domainName: origin?.domainName,
        path: "",
        readTimeout: 30,
        responseCompletionTimeout: 0,
      },
    });
    expect(recordedEvents(cloudfront)["origin-response"].request.origin).toEqual(request.origin);
  });

  it("LE-B-31, LE-B-39: with an origin access identity it has that authMethod and a region", async () => {
    const { get, cloudfront } = await startTestCloudFront({
      functions: recordAll,
      origin: {
        OriginAccessControlId: "",
        S3OriginConfig: { OriginAccessIdentity: "origin-access-identity/cloudfront/E1EXAMPLE" },
      },
    });
    await get("/a.html");
    expect(recordedEvents(cloudfront)["origin-request"].request.origin.s3).toMatchObject({
      authMethod: "origin-access-identity",
      region: "us-east-1",
    });
  });

  it("LE-B-28: viewer events have no origin, and what a function puts there is ignored", async () => {
    const { get, cloudfront } = await startTestCloudFront({
      functions: {
        ...recordAll,
        "viewer-request": `exports.handler = async (event) => ({
          ...event.Records[0].cf.request, origin: { custom: { domainName: "elsewhere.example" } },
        });`,
      },
    });
    expect((await get("/a.html")).status).toBe(200);
    const events = recordedEvents(cloudfront);
    expect(Object.keys(events["origin-request"].request.origin)).toEqual(["s3"]);
    expect(events["viewer-response"].request).not.toHaveProperty("origin");
  });
});
