import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { originId } from "../support/distribution-template.ts";
import { changeRequest } from "../support/function-sources.ts";
import {
  failureOf,
  recordedEvents,
  recordRequest,
  recordResponse,
} from "../support/recorded-events.ts";
import { readableBy } from "../samples/template.ts";
import { startTestCloudFront } from "../support/start-test-cloudfront.ts";

const server = (_: unknown, response: { end(body: string): void }): void =>
  response.end("configured");

/** A web server that is no origin of the distribution; answers with what it was asked. */
async function strangeServer(): Promise<number> {
  const strange = createServer((incoming, outgoing) => {
    const { host, "x-key": key } = incoming.headers;
    outgoing.end(`strange ${incoming.url} ${host} ${key}`);
  });
  await new Promise<void>((resolve) => strange.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    strange.closeAllConnections();
    strange.close();
  });
  return (strange.address() as AddressInfo).port;
}

/** Says who may read a bucket. */
const readableBucket = (logicalId: string, principal: unknown) => ({
  [logicalId]: { Type: "AWS::S3::Bucket" },
  [`${logicalId}Policy`]: readableBy(principal, logicalId),
});

describe("an origin that origin-request chooses", () => {
  it("LE-B-41, LE-B-44: need not be in the distribution, and gets the Host that the function set", async () => {
    const port = await strangeServer();
    const { get, received, cloudfront } = await startTestCloudFront({
      functions: {
        "origin-request": changeRequest(`
          request.origin = { custom: {
            domainName: "localhost", port: ${port}, protocol: "http", path: "/base",
            sslProtocols: ["TLSv1.2"], readTimeout: 5, keepaliveTimeout: 5,
            customHeaders: { "x-key": [{ key: "X-Key", value: "1" }] },
          } };
          if (request.uri === "/host") request.headers.host = [{ key: "host", value: "localhost" }];
        `),
        "origin-response": recordResponse(),
      },
      server,
    });
    expect((await get("/host")).body).toBe("strange /base/host localhost 1");
    expect(recordedEvents(cloudfront)["origin-response"].request).toMatchObject({
      headers: { host: [{ key: "host", value: "localhost" }] },
      origin: { custom: { domainName: "localhost", port, path: "/base" } },
    });
    // Left alone, Host stays that of the configured origin.
    expect((await get("/left")).body).toBe("strange /base/left origin.example.com 1");
    expect(received).toEqual([]);
  });

  it("LE-B-34, LE-B-43: path and custom headers of the configured origin can be changed", async () => {
    const { get, received } = await startTestCloudFront({
      origin: {
        OriginPath: "/v1",
        OriginCustomHeaders: [{ HeaderName: "X-Key", HeaderValue: "old" }],
      },
      functions: {
        "origin-request": changeRequest(`
          request.origin.custom.path = "/v2%20beta";
          request.origin.custom.customHeaders = { "x-key": [{ value: "new é" }] };
        `),
      },
      server,
    });
    await get("/a");
    expect(received[0]?.url).toBe("/v2%20beta/a");
    const index = received[0]?.rawHeaders.indexOf("X-Key") ?? -1;
    const value = received[0]?.rawHeaders[index + 1] ?? "";
    expect(Buffer.from(value, "latin1").toString()).toBe("new é");
  });

  it.each([
    ["readTimeout", { originReadTimeoutSeconds: 180 }],
    ["keepaliveTimeout", { originKeepaliveTimeoutSeconds: 180 }],
  ])("LE-B-36: %s may be as long as the account's quota says", async (name, quotas) => {
    const functions = {
      "origin-request": changeRequest(`request.origin.custom.${name} = 150;`),
    };
    const usual = await startTestCloudFront({ functions, server });
    expect((await usual.get("/a")).status).toBe(502);
    expect(failureOf(usual.cloudfront)).toMatch(/^LE-B-36: .* Use 1 to 120 seconds\.$/);
    const raised = await startTestCloudFront({ functions, server, options: { quotas } });
    expect((await raised.get("/a")).status).toBe(200);
  });

  it("LE-B-37: a responseCompletionTimeout that is deleted is the default again", async () => {
    const { get, cloudfront } = await startTestCloudFront({
      origin: { ResponseCompletionTimeout: 60 },
      functions: {
        "origin-request": recordRequest("delete request.origin.custom.responseCompletionTimeout;"),
        "origin-response": recordResponse(),
      },
      server,
    });
    expect((await get("/a")).status).toBe(200);
    const events = recordedEvents(cloudfront);
    expect(events["origin-request"].request.origin.custom?.responseCompletionTimeout).toBe(60);
    expect(events["origin-response"].request.origin.custom?.responseCompletionTimeout).toBe(0);
  });

  it("LE-B-40: from S3 to another bucket that this machine does not have, nobody is asked for it", async () => {
    const { get, cloudfront } = await startTestCloudFront({
      functions: {
        "origin-request": changeRequest(`
          const { s3 } = request.origin;
          s3.domainName = "other." + s3.domainName.replace(/^[^.]+\\./, "");
          request.headers.host = [{ key: "Host", value: s3.domainName }];
        `),
      },
    });
    expect((await get("/a.html")).status).toBe(502);
    expect(
      cloudfront
        .traces()
        .at(-1)
        ?.steps.find(({ step }) => step === "origin"),
    ).toMatchObject({
      failureDetail: "OriginConnectError",
    });
  });

  it.each([
    ["a bucket that anybody may read: 200", "*", 200],
    [
      "a bucket that only CloudFront may read: 403, as nothing is signed",
      { Service: "cloudfront.amazonaws.com" },
      403,
    ],
  ])("LE-B-40, LE-B-41: from a custom origin to %s", async (_, principal, status) => {
    const { get, cloudfront } = await startTestCloudFront({
      properties: { TargetOriginId: "web" },
      resources: readableBucket("Assets", principal),
      distributionConfig: {
        Origins: [
          {
            Id: "web",
            DomainName: "localhost",
            CustomOriginConfig: { OriginProtocolPolicy: "http-only" },
          },
          {
            Id: originId,
            DomainName: { "Fn::GetAtt": ["Assets", "RegionalDomainName"] },
            S3OriginConfig: { OriginAccessIdentity: "" },
          },
        ],
      },
      functions: {
        "origin-request": changeRequest(`
          const domainName = request.uri.slice(1);
          request.uri = "/a.html";
          request.headers.host = [{ key: "Host", value: domainName }];
          request.origin = {
            s3: { domainName, path: "", authMethod: "none", region: "", customHeaders: {} },
          };
        `),
      },
    });
    const bucket = cloudfront.distribution.origins.get(originId)?.domainName ?? "";
    expect((await get(`/${bucket}`)).status).toBe(status);
  });

  it("LE-B-41: from S3 to a custom origin, by way of the function alone", async () => {
    const port = await strangeServer();
    const { get } = await startTestCloudFront({
      functions: {
        "origin-request": changeRequest(`
          request.origin = { custom: { domainName: "localhost", port: ${port}, protocol: "http",
            path: "", sslProtocols: ["TLSv1.2"], readTimeout: 5, keepaliveTimeout: 5, customHeaders: {} } };
          request.headers.host = [{ key: "Host", value: "localhost:${port}" }];
        `),
      },
    });
    expect((await get("/a.html")).body).toBe(`strange /a.html localhost:${port} undefined`);
  });

  it("LE-B-41: whose name does not resolve is answered 502, without a look at the configured one", async () => {
    const { get, received } = await startTestCloudFront({
      functions: {
        "origin-request": changeRequest('request.origin.custom.domainName = "nowhere.invalid";'),
      },
      server,
    });
    expect(await get("/a")).toMatchObject({ status: 502, xCache: "Error" });
    expect(received).toEqual([]);
  });
});

const custom = (change: string): string => `Object.assign(request.origin.custom, { ${change} });`;
const s3 = (change: string): string =>
  `request.origin = { s3: { domainName: "b.s3.us-east-1.amazonaws.com", path: "", authMethod: "none", customHeaders: {}, ${change} } };`;

const refusedOrigins: readonly (readonly [factId: string, change: string])[] = [
  ["LE-B-29", "request.origin.s3 = {};"],
  ["LE-B-29", "request.origin = {};"],
  ["LE-B-29", "request.origin = null;"],
  ["LE-B-33", custom('domainName: ""')],
  ["LE-B-33", custom('domainName: "10.0.0.1"')],
  ["LE-B-33", custom('domainName: "a.example:80"')],
  ["LE-B-33", custom('domainName: "a.".repeat(126) + "aa"')],
  ["LE-B-33", s3('domainName: "B.s3.amazonaws.com"')],
  ["LE-B-33", s3('domainName: "b".repeat(129)')],
  ["LE-B-34", custom('path: "/a/"')],
  ["LE-B-34", custom('path: "a"')],
  ["LE-B-34", custom('path: "/" + "a".repeat(255)')],
  ["LE-B-34", custom('path: "/a b"')],
  ["LE-B-35", custom("port: 8")],
  ["LE-B-35", custom("port: 65536")],
  ["LE-B-36", custom("readTimeout: 200")],
  ["LE-B-36", custom("readTimeout: 0")],
  ["LE-B-36", custom("keepaliveTimeout: 121")],
  ["LE-B-37", custom("readTimeout: 30, responseCompletionTimeout: 10")],
  ["LE-B-38", custom('protocol: "ftp"')],
  ["LE-B-38", custom('sslProtocols: ["TLSv1.3"]')],
  ["LE-B-31", s3('authMethod: "origin-access-control"')],
  ["LE-B-40", s3('authMethod: "origin-access-identity", region: "us-east-1"')],
  [
    "LE-B-42",
    'request.headers["x-a"] = [{ value: "1" }]; request.origin.custom.customHeaders["X-A"] = [{ value: "1" }];',
  ],
  ["LE-B-43", custom('customHeaders: { Host: [{ value: "a" }] }')],
  ["LE-B-43", custom('customHeaders: { "x-amz-date": [{ value: "a" }] }')],
  ["LE-B-59", custom('customHeaders: { "x-a": [{ value: "1\\r\\nx-b: 2" }] }')],
  ["LE-B-59", custom('customHeaders: { "x a": [{ value: "1" }] }')],
];

describe("an origin that CloudFront does not take", () => {
  it("LE-B-29, LE-B-31, LE-B-33, LE-B-34, LE-B-35, LE-B-36, LE-B-37, LE-B-38, LE-B-40, LE-B-42, LE-B-43, LE-B-59, LE-C-31: is answered 502", async () => {
    const { get, cloudfront, received } = await startTestCloudFront({
      functions: {
        "origin-request": changeRequest(`
          const changes = [${refusedOrigins.map(([, change]) => `() => { ${change} }`).join(",\n")}];
          changes[Number(request.uri.slice(1))]();
        `),
      },
      server,
    });
    const found: unknown[] = [];
    for (const [index, [, change]] of refusedOrigins.entries()) {
      const { status, xCache, body } = await get(`/${index}`);
      const page = /(?<=<HR noshade size="1px">\n).*/.exec(body)?.[0];
      const factId = failureOf(cloudfront)?.replace(/: origin.*/, "");
      found.push({ change, factId, answer: `${status} ${xCache}`, page });
    }
    expect(found).toEqual(
      refusedOrigins.map(([factId, change]) => ({
        change,
        factId,
        answer: "502 LambdaValidationError",
        page: "The Lambda function returned an invalid origin configuration: One or more HeaderName or HeaderValue values are invalid.",
      })),
    );
    expect(received).toEqual([]);
  });

  const withIdentity = {
    OriginAccessControlId: "",
    S3OriginConfig: { OriginAccessIdentity: "origin-access-identity/cloudfront/E1EXAMPLE" },
  };

  it("LE-B-39: with an origin access identity, no region is answered 502", async () => {
    const { get, cloudfront } = await startTestCloudFront({
      origin: withIdentity,
      functions: { "origin-request": changeRequest("delete request.origin.s3.region;") },
    });
    expect((await get("/a.html")).status).toBe(502);
    expect(failureOf(cloudfront)).toMatch(/^LE-B-39: origin\.s3\.region /);
  });

  it("LE-B-40: from S3 to S3, the same origin access identity is taken", async () => {
    const { get, cloudfront } = await startTestCloudFront({
      origin: withIdentity,
      functions: { "origin-request": changeRequest('request.origin.s3.path = "/p";') },
    });
    // No bucket policy admits the identity.
    expect((await get("/a.html")).status).toBe(403);
    expect(failureOf(cloudfront)).toBeUndefined();
  });

  it.each(["Cache-Control", "x-amz-meta-a", "X-Edge-A", "X-Real-Ip"])(
    "LE-B-43: %s as a custom header of the template is refused at start",
    async (name) => {
      const started = startTestCloudFront({
        origin: { OriginCustomHeaders: [{ HeaderName: name, HeaderValue: "a" }] },
        server,
      });
      await expect(started).rejects.toThrow(
        `Distribution.DistributionConfig.Origins[0].OriginCustomHeaders[0].HeaderName is a header that CloudFront does not let an origin add: got "${name}". Leave it out.`,
      );
    },
  );
});
