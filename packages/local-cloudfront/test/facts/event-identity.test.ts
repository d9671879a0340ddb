import { describe, expect, it } from "vitest";
import { recordAll, recordedEvents } from "../support/recorded-events.ts";
import { startTestCloudFront } from "../support/start-test-cloudfront.ts";

describe("the identity of a request", () => {
  it("LE-B-03: the requestId of all events is the X-Amz-Cf-Id of the response", async () => {
    const { get, cloudfront } = await startTestCloudFront({ functions: recordAll });
    const { headers } = await get("/a.html");
    const ids = Object.values(recordedEvents(cloudfront)).map(({ config }) => config.requestId);
    expect(ids).toEqual(Array(4).fill(headers["x-amz-cf-id"]));
    expect(headers["x-amz-cf-id"]).toMatch(/^[\w-]{54}==$/);
  });

  it("LE-B-02: what a function writes into config is nobody's business", async () => {
    const spoil =
      'Object.assign(event.Records[0].cf.config, { requestId: "mine", eventType: "x" });';
    const { get, cloudfront } = await startTestCloudFront({
      functions: {
        ...recordAll,
        "viewer-request": `exports.handler = async (event) => { ${spoil} return event.Records[0].cf.request; };`,
      },
    });
    const { headers, status } = await get("/a.html");
    expect(status).toBe(200);
    expect(headers["x-amz-cf-id"]).not.toBe("mine");
    expect(recordedEvents(cloudfront)["viewer-response"].config).toMatchObject({
      requestId: headers["x-amz-cf-id"],
      eventType: "viewer-response",
    });
  });

  it.each([
    ["127.0.0.1", "127.0.0.1"],
    ["::1", "::1"],
  ])(
    "LE-B-04: clientIp is the TCP peer on %s, whoever the viewer claims to be",
    async (host, clientIp) => {
      const { get, cloudfront } = await startTestCloudFront({
        functions: recordAll,
        options: { host },
      });
      await get("/a.html", { "x-forwarded-for": "203.0.113.178" });
      const events = recordedEvents(cloudfront);
      expect(Object.values(events).map(({ request }) => request.clientIp)).toEqual(
        Array(4).fill(clientIp),
      );
      expect(events["viewer-request"].request.headers["x-forwarded-for"]?.[0]?.value).toBe(
        "203.0.113.178",
      );
      expect(events["origin-request"].request.headers["x-forwarded-for"]).toEqual([
        { key: "X-Forwarded-For", value: `203.0.113.178, ${clientIp}` },
      ]);
    },
  );
});
