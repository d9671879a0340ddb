import { describe, expect, it } from "vitest";
import { startWithFunctions } from "../support/cloudfront-functions.ts";
import { failureOf, sentenceOf } from "../support/function-failures.ts";
import { passAll } from "../support/function-sources.ts";
import { respondsInTurn, type OriginResponse } from "../support/origin-responses.ts";
import { startOriginServer } from "../support/start-origin-server.ts";

const customOrigin = (id: string) => ({
  Id: id,
  DomainName: `${id}.example.com`,
  CustomOriginConfig: { OriginProtocolPolicy: "http-only" },
});

const choosing = (call: string): string => `import cf from "cloudfront";
function handler(event) { ${call}; return event.request; }`;

/** Starts a distribution with two custom origins, of which the cache behavior names the first. */
async function startTwoOrigins(
  call: string,
  first: OriginResponse = { body: "first" },
  more: {
    readonly target?: string;
    readonly withLambda?: boolean;
    readonly elsewhere?: string;
  } = {},
) {
  const one = await startOriginServer(respondsInTurn(first));
  const other = await startOriginServer(respondsInTurn({ body: "second" }));
  const test = await startWithFunctions(
    { "viewer-request": call.includes("handler") ? call : choosing(call) },
    {
      ...(more.withLambda === true && {
        functions: { "origin-request": passAll["origin-request"] ?? "" },
      }),
      distributionConfig: {
        Origins: [customOrigin("first"), customOrigin("second")],
        OriginGroups: {
          Quantity: 1,
          Items: [
            {
              Id: "group",
              FailoverCriteria: { StatusCodes: { Quantity: 1, Items: [503] } },
              Members: { Quantity: 2, Items: [{ OriginId: "first" }, { OriginId: "second" }] },
            },
          ],
        },
      },
      options: {
        origins: {
          first: one.url,
          second: other.url,
          ...(more.elsewhere !== undefined && { [more.elsewhere]: other.url }),
        },
      },
      properties: { TargetOriginId: more.target ?? "first" },
    },
  );
  return { ...test, first: one.received, second: other.received };
}

describe("an origin that a function chose", () => {
  it("FN-I-29, FN-I-49: is one of the distribution by its id", async () => {
    const { get, second } = await startTwoOrigins('cf.selectRequestOriginById("second")');
    expect((await get("/a")).body).toBe("second");
    expect(second).toHaveLength(1);
  });

  it("FN-I-29: inherits what the function does not set, and sends its path and headers", async () => {
    const { get, second } = await startTwoOrigins(
      `cf.updateRequestOrigin({ domainName: "second.example.com", originPath: "/base",
         hostHeader: "shop.example.com", customHeaders: { "x-from": "function" } })`,
    );
    expect((await get("/a")).body).toBe("second");
    expect(second[0]).toMatchObject({
      url: "/base/a",
      headers: { host: "shop.example.com", "x-from": "function" },
    });
  });

  it("FN-I-29: has the content that is passed for its host name", async () => {
    const elsewhere = "elsewhere.example.com";
    const call = `cf.updateRequestOrigin({ domainName: "${elsewhere}" })`;
    const { get, second } = await startTwoOrigins(call, { body: "first" }, { elsewhere });
    expect((await get("/a")).body).toBe("second");
    expect(second).toHaveLength(1);
  });

  it("LE-A-30: is what Lambda@Edge sees at origin-request", async () => {
    const { get, cloudfront } = await startTwoOrigins(
      'cf.updateRequestOrigin({ domainName: "second.example.com" })',
      {},
      { withLambda: true },
    );
    expect((await get("/a")).body).toBe("second");
    const steps = cloudfront.traces().at(-1)?.steps ?? [];
    const step = steps.find((each) => each.step === "origin-request");
    expect(step).toMatchObject({
      event: {
        Records: [
          { cf: { request: { origin: { custom: { domainName: "second.example.com" } } } } },
        ],
      },
    });
  });

  it("FN-I-49: is a group of two, of which the second takes over", async () => {
    const { get, first, second, steps } = await startTwoOrigins(
      `cf.createRequestOriginGroup({ originIds: ["first", { originId: "second", originOverrides: { originPath: "/b" } }],
         failoverCriteria: { statusCodes: [500] } })`,
      { status: 500 },
    );
    expect((await get("/a")).body).toBe("second");
    expect([first.length, second[0]?.url]).toEqual([1, "/b/a"]);
    expect(steps()).toContain("origin-failover");
  });

  it("FN-I-49: changes the primary of an origin group alone", async () => {
    const { get, first, second } = await startTwoOrigins(
      'cf.updateRequestOrigin({ originPath: "/p" })',
      { status: 503 },
      { target: "group" },
    );
    expect((await get("/a")).body).toBe("second");
    expect([first[0]?.url, second[0]?.url]).toEqual(["/p/a", "/a"]);
  });

  it("LE-A-25, FN-I-35: no function on viewer-request runs again on failover", async () => {
    const { get, invoked } = await startTwoOrigins(
      "function handler(event) { return event.request; }",
      { status: 503 },
      { target: "group" },
    );
    expect((await get("/a")).body).toBe("second");
    expect(invoked()).toEqual(["viewer-request"]);
  });

  it("is told in the trace, with secrets masked", async () => {
    const { get, cloudfront } = await startTwoOrigins(
      'cf.updateRequestOrigin({ originPath: "/p", customHeaders: { authorization: "s3cr3t" } })',
    );
    await get("/a");
    const [, step] = cloudfront.traces().at(-1)?.steps ?? [];
    expect(step).toMatchObject({
      changes: [
        { part: "origin", name: "origin.originPath", after: "/p" },
        { part: "origin", name: "origin.customHeaders.authorization", after: "[masked]" },
      ],
    });
  });

  it.each([
    ["FN-I-49", 'cf.updateRequestOrigin({ domainName: "a:1" })'],
    ["FN-I-49", 'cf.updateRequestOrigin({ originPath: "b/" })'],
    ["FN-I-49", "cf.updateRequestOrigin({ connectionAttempts: 4 })"],
    [
      "FN-I-49",
      "cf.updateRequestOrigin({ timeouts: { readTimeout: 9, responseCompletionTimeout: 8 } })",
    ],
    ["FN-I-49", 'cf.updateRequestOrigin({ customHeaders: { "user-agent": "a" } })'],
    ["FN-I-49", 'cf.selectRequestOriginById("none")'],
    [
      "FN-I-30",
      `cf.updateRequestOrigin({ domainName: "b.example.com", hostHeader: "a",
        originAccessControlConfig: { enabled: true, signingBehavior: "always", signingProtocol: "sigv4", originType: "lambda" } })`,
    ],
  ])("%s, FN-I-24: is refused: %s", async (factId, call) => {
    const { get, cloudfront, first, second } = await startTwoOrigins(call);
    const { status, xCache, body } = await get("/a");
    expect([status, xCache, sentenceOf(body)]).toEqual([
      502,
      "FunctionValidationError",
      "The CloudFront function returned an invalid value for origin rewrite.",
    ]);
    expect(failureOf(cloudfront)?.factId).toBe(factId);
    expect([...first, ...second]).toEqual([]);
  });
});
