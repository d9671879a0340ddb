import { describe, expect, it } from "vitest";
import { passAll, returning } from "../support/function-sources.ts";
import { respondsInTurn, type OriginResponse } from "../support/origin-responses.ts";
import { recordedEvents, recordRequest, recordResponse } from "../support/recorded-events.ts";
import type { TestFunctions } from "../support/distribution-template.ts";
import { startOriginServer, type ReceivedRequest } from "../support/start-origin-server.ts";
import { startTestCloudFront, type TestCloudFront } from "../support/start-test-cloudfront.ts";

const customOrigin = (id: string) => ({
  Id: id,
  DomainName: `${id}.example.com`,
  CustomOriginConfig: { OriginProtocolPolicy: "http-only" },
});

interface OriginGroupTest extends TestCloudFront {
  readonly primary: readonly ReceivedRequest[];
  readonly secondary: readonly ReceivedRequest[];
}

/** Starts a distribution whose default cache behavior has an origin group of two servers. */
async function startOriginGroup(
  primaryAnswer: OriginResponse | "unreachable",
  {
    statusCodes = [500, 503],
    functions = {},
  }: { readonly statusCodes?: readonly unknown[]; readonly functions?: TestFunctions } = {},
): Promise<OriginGroupTest> {
  const primary =
    primaryAnswer === "unreachable"
      ? { url: "http://127.0.0.1:1", received: [] }
      : await startOriginServer(respondsInTurn(primaryAnswer));
  const secondary = await startOriginServer(respondsInTurn({ body: "secondary" }));
  const started = await startTestCloudFront({
    functions,
    properties: { TargetOriginId: "group" },
    distributionConfig: {
      Origins: [customOrigin("first"), customOrigin("second")],
      OriginGroups: {
        Quantity: 1,
        Items: [
          {
            Id: "group",
            FailoverCriteria: { StatusCodes: { Quantity: statusCodes.length, Items: statusCodes } },
            Members: { Quantity: 2, Items: [{ OriginId: "first" }, { OriginId: "second" }] },
          },
        ],
      },
    },
    options: { origins: { first: primary.url, second: secondary.url } },
  });
  return { ...started, primary: primary.received, secondary: secondary.received };
}

describe("an origin group", () => {
  it("LE-A-22: a failover status of the primary sends the request to the secondary, and both origin events run for each", async () => {
    const { cloudfront, get, invoked, steps } = await startOriginGroup(
      { status: 503 },
      {
        functions: {
          ...passAll,
          "origin-request": recordRequest(),
          "origin-response": recordResponse(),
        },
      },
    );
    expect(await get("/a")).toMatchObject({ status: 200, body: "secondary", xCache: "Miss" });
    expect(invoked()).toEqual([
      "viewer-request",
      "origin-request",
      "origin-response",
      "origin-request",
      "origin-response",
      "viewer-response",
    ]);
    expect(steps()).toContain("origin-failover");
    const { origin } = recordedEvents(cloudfront)["origin-request"].request;
    expect(origin).toMatchObject({ custom: { domainName: "second.example.com" } });
  });

  it("LE-A-22: an unreachable primary fails over too", async () => {
    const { get, secondary } = await startOriginGroup("unreachable");
    expect(await get("/a")).toMatchObject({ status: 200, body: "secondary" });
    expect(secondary).toHaveLength(1);
  });

  it("LE-A-22: another status of the primary is the response", async () => {
    const { get, secondary } = await startOriginGroup({ status: 404, body: "not here" });
    expect(await get("/a")).toMatchObject({ status: 404, body: "not here" });
    expect(secondary).toEqual([]);
  });

  it("LE-A-22: what the secondary answered is cached, and a hit asks neither", async () => {
    const { get, primary, secondary } = await startOriginGroup({ status: 500 });
    await get("/a");
    expect(await get("/a")).toMatchObject({ body: "secondary", xCache: "Hit" });
    expect([primary, secondary].map(({ length }) => length)).toEqual([1, 1]);
  });

  it("LE-A-22: an origin-request function that fails or answers ends the request at the primary", async () => {
    const failing = await startOriginGroup(
      {},
      { functions: { "origin-request": "exports.handler = async () => { throw 1; };" } },
    );
    expect((await failing.get("/a")).status).toBe(503);
    const answering = await startOriginGroup(
      {},
      { functions: { "origin-request": returning(`{ status: "503" }`) } },
    );
    expect((await answering.get("/a")).status).toBe(503);
    expect([...failing.secondary, ...answering.secondary]).toEqual([]);
  });

  it.each(["GET", "HEAD", "OPTIONS"])("LE-A-23: %s fails over", async (method) => {
    const { request, secondary } = await startOriginGroup({ status: 503 });
    expect((await request("/a", { method })).status).toBe(200);
    expect(secondary.map((received) => received.method)).toEqual([method]);
  });

  it.each(["POST", "PUT", "PATCH", "DELETE"])("LE-A-23: %s never fails over", async (method) => {
    const { request, secondary } = await startOriginGroup({ status: 503, body: "busy" });
    expect(await request("/a", { method })).toMatchObject({ status: 503, body: "busy" });
    expect(secondary).toEqual([]);
  });

  it.each([400, 403, 404, 416, 429, 500, 502, 503, 504])(
    "LE-A-24: %i can be a failover status",
    async (status) => {
      const { get } = await startOriginGroup({ status }, { statusCodes: [status] });
      expect((await get("/a")).body).toBe("secondary");
    },
  );

  it("LE-A-24: a status that CloudFront does not fail over at is refused at start", async () => {
    await expect(startOriginGroup({}, { statusCodes: [503, 501] })).rejects.toMatchInlineSnapshot(
      `[LocalCloudFrontError: Distribution.DistributionConfig.OriginGroups.Items[0].FailoverCriteria.StatusCodes.Items[1] is a status that no origin group fails over at: got 501. Allowed are 400, 403, 404, 416, 429, 500, 502, 503, 504.]`,
    );
  });
});
