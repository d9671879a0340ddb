import { describe, expect, it } from "vitest";
import { returning } from "../support/function-sources.ts";
import { respondsInTurn, type OriginResponse } from "../support/origin-responses.ts";
import { startTestCloudFront } from "../support/start-test-cloudfront.ts";

type Config = Readonly<Record<string, unknown>>;

/** Returns the headers of an answer to a plain request. */
async function headersWith(
  responseHeadersPolicy: Config,
  headers: OriginResponse["headers"] = {},
): Promise<Readonly<Record<string, string>>> {
  const { get } = await startTestCloudFront({
    responseHeadersPolicy,
    server: respondsInTurn({ headers }),
  });
  return (await get("/")).headers;
}

const allSecurityHeaders = (Override: boolean): Config => ({
  StrictTransportSecurity: {
    AccessControlMaxAgeSec: 63_072_000,
    IncludeSubdomains: true,
    Preload: true,
    Override,
  },
  ContentSecurityPolicy: { ContentSecurityPolicy: "default-src 'self'", Override },
  ContentTypeOptions: { Override },
  FrameOptions: { FrameOption: "DENY", Override },
  XSSProtection: { Protection: true, ModeBlock: true, Override },
  ReferrerPolicy: { ReferrerPolicy: "same-origin", Override },
});
const written = {
  "strict-transport-security": "max-age=63072000; includeSubDomains; preload",
  "content-security-policy": "default-src 'self'",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "x-xss-protection": "1; mode=block",
  "referrer-policy": "same-origin",
};
const ofOrigin = Object.fromEntries(Object.keys(written).map((name) => [name, "origin"]));

describe("security headers", () => {
  it.each<[name: string, override: boolean, fromOrigin: typeof ofOrigin, expected: object]>([
    ["are added where the origin has none, without override", false, {}, written],
    ["are added where the origin has none, with override", true, {}, written],
    ["leave the origin's, without override", false, ofOrigin, ofOrigin],
    ["replace the origin's, with override", true, ofOrigin, written],
  ])("%s", async (_name, override, fromOrigin, expected) => {
    const config = { SecurityHeadersConfig: allSecurityHeaders(override) };
    expect(await headersWith(config, fromOrigin)).toMatchObject(expected);
  });

  it.each<[config: Config, value: string]>([
    [{ Protection: false }, "0"],
    [{ Protection: true }, "1"],
    [{ Protection: true, ReportUri: "https://example.com/r" }, "1; report=https://example.com/r"],
  ])("X-XSS-Protection of %j is %j", async (config, value) => {
    const XSSProtection = { Override: true, ...config };
    const headers = await headersWith({ SecurityHeadersConfig: { XSSProtection } });
    expect(headers["x-xss-protection"]).toBe(value);
  });

  it("stand on every response: hits, errors, generated responses, redirects", async () => {
    const { get } = await startTestCloudFront({
      responseHeadersPolicy: { SecurityHeadersConfig: allSecurityHeaders(true) },
      properties: { ViewerProtocolPolicy: "redirect-to-https" },
      functions: {
        "viewer-request": `exports.handler = async (event) => {
          const { request } = event.Records[0].cf;
          if (request.uri === "/throws") throw new Error();
          return request.uri === "/generated" ? { status: "200" } : request;
        };`,
      },
    });
    for (const path of ["/a.html", "/a.html", "/missing", "/generated", "/throws"]) {
      expect((await get(path)).headers).toMatchObject(written);
    }
    const { get: getOverHttp } = await startTestCloudFront({
      responseHeadersPolicy: { SecurityHeadersConfig: allSecurityHeaders(true) },
      properties: { ViewerProtocolPolicy: "redirect-to-https" },
      options: { viewerProtocol: "http" },
    });
    expect(await getOverHttp("/")).toMatchObject({ status: 301, headers: written });
  });

  it("of the managed SecurityHeadersPolicy: only X-Content-Type-Options overrides", async () => {
    const { get } = await startTestCloudFront({
      properties: { ResponseHeadersPolicyId: "67f7725c-6f97-4210-82d7-5512b31e9d03" },
      server: respondsInTurn({ headers: ofOrigin }),
    });
    expect((await get("/")).headers).toMatchObject({
      ...ofOrigin,
      "x-content-type-options": "nosniff",
    });
  });
});

describe("custom headers", () => {
  it("are added, and replace the origin's only with override", async () => {
    const Items = [
      { Header: "X-New", Value: "policy", Override: false },
      { Header: "X-Kept", Value: "policy", Override: false },
      { Header: "X-Replaced", Value: "policy", Override: true },
      { Header: "X-Empty", Value: "", Override: true },
    ];
    const fromOrigin = { "x-kept": "origin", "x-replaced": ["origin", "twice"] };
    expect(await headersWith({ CustomHeadersConfig: { Items } }, fromOrigin)).toMatchObject({
      "x-new": "policy",
      "x-kept": "origin",
      "x-replaced": "policy",
      "x-empty": "",
    });
  });

  it("reach the viewer only: Cache-Control of the policy does not change the lifetime", async () => {
    const Items = [{ Header: "Cache-Control", Value: "no-store", Override: true }];
    const { get } = await startTestCloudFront({
      responseHeadersPolicy: { CustomHeadersConfig: { Items } },
    });
    expect((await get("/a.html")).headers["cache-control"]).toBe("no-store");
    expect((await get("/a.html")).xCache).toBe("Hit");
  });

  it("F-RHP-ORDER: are seen by viewer-response, which has the last word", async () => {
    const Items = [{ Header: "X-A", Value: "policy", Override: true }];
    const { get } = await startTestCloudFront({
      responseHeadersPolicy: { CustomHeadersConfig: { Items } },
      functions: {
        "viewer-response": `exports.handler = async (event) => {
          const { response } = event.Records[0].cf;
          response.headers["x-a"][0].value += ", function";
          return response;
        };`,
      },
    });
    expect((await get("/a.html")).headers["x-a"]).toBe("policy, function");
  });
});

describe("removed headers", () => {
  const removing = (...names: string[]): Config => ({
    RemoveHeadersConfig: { Items: names.map((Header) => ({ Header })) },
  });

  it("go before others are added", async () => {
    const headers = await headersWith(
      {
        ...removing("X-Powered-By", "X-Both"),
        CustomHeadersConfig: { Items: [{ Header: "X-Both", Value: "policy", Override: false }] },
      },
      { "x-powered-by": "PHP", "x-both": "origin" },
    );
    expect(headers).not.toHaveProperty("x-powered-by");
    expect(headers["x-both"]).toBe("policy");
  });

  it("Server and Date are CloudFront's own then", async () => {
    const date = "Sun, 06 Nov 1994 08:49:37 GMT";
    const headers = await headersWith(removing("Server", "Date"), { server: "nginx", date });
    expect(headers["server"]).toBe("CloudFront");
    expect(Date.parse(headers["date"] ?? "")).toBeGreaterThan(Date.parse(date));
  });

  it("X-Cache goes too, Via cannot", async () => {
    expect(await headersWith(removing("X-Cache"))).not.toHaveProperty("x-cache");
    await expect(headersWith(removing("Via"))).rejects.toThrowErrorMatchingInlineSnapshot(
      `[LocalCloudFrontError: ResponseHeadersPolicy.ResponseHeadersPolicyConfig.RemoveHeadersConfig.Items[0].Header names a header that a response headers policy cannot remove: got "Via". Leave it out of RemoveHeadersConfig.]`,
    );
  });
});

describe("a response headers policy is refused that", () => {
  const securityHeaders = (config: Config): Config => ({ SecurityHeadersConfig: config });
  const corsItems = (property: string, item: string): Config => ({
    CorsConfig: { [property]: { Items: [item] } },
  });

  it.each<[name: string, policy: Config, message: string]>([
    [
      "has a report beside mode=block",
      securityHeaders({ XSSProtection: { Protection: true, ModeBlock: true, ReportUri: "/r" } }),
      'SecurityHeadersConfig.XSSProtection.ReportUri cannot be combined with ModeBlock: got "/r". Write one of the two.',
    ],
    [
      "has a Content-Security-Policy of 1,784 characters",
      securityHeaders({ ContentSecurityPolicy: { ContentSecurityPolicy: "x".repeat(1784) } }),
      `SecurityHeadersConfig.ContentSecurityPolicy.ContentSecurityPolicy has 1784 characters: got "${"x".repeat(40)}…". At most 1783 are allowed.`,
    ],
    [
      "has an unknown referrer policy",
      securityHeaders({ ReferrerPolicy: { ReferrerPolicy: "none" } }),
      'SecurityHeadersConfig.ReferrerPolicy.ReferrerPolicy must be one of "no-referrer", "no-referrer-when-downgrade", "origin", "origin-when-cross-origin", "same-origin", "strict-origin", "strict-origin-when-cross-origin", "unsafe-url": got "none".',
    ],
    [
      "has a wildcard within an allowed origin",
      corsItems("AccessControlAllowOrigins", "https://exa*mple.org"),
      'CorsConfig.AccessControlAllowOrigins.Items[0] has a wildcard where an allowed origin may have none: got "https://exa*mple.org". Write it alone, as the leftmost label ("https://*.example.org"), or in the port.',
    ],
    [
      "allows an unknown method",
      corsItems("AccessControlAllowMethods", "TRACE"),
      'CorsConfig.AccessControlAllowMethods.Items[0] must be one of "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "ALL": got "TRACE".',
    ],
    [
      "samples more than 100 percent",
      { ServerTimingHeadersConfig: { Enabled: true, SamplingRate: 101 } },
      "ServerTimingHeadersConfig.SamplingRate is not a percentage: got 101. Write a number from 0 to 100.",
    ],
  ])("%s", async (_name, policy, message) => {
    await expect(headersWith(policy)).rejects.toThrow(
      `ResponseHeadersPolicy.ResponseHeadersPolicyConfig.${message}`,
    );
  });
});

describe("a viewer-response function that fails", () => {
  it("does not take the policy's headers away", async () => {
    const { get } = await startTestCloudFront({
      responseHeadersPolicy: { SecurityHeadersConfig: allSecurityHeaders(true) },
      functions: { "viewer-response": "exports.handler = async () => missing;" },
    });
    expect(await get("/a.html")).toMatchObject({ status: 503, headers: written });
  });
});

describe("a generated response", () => {
  it("of viewer-request carries the policy's headers", async () => {
    const { get } = await startTestCloudFront({
      responseHeadersPolicy: { SecurityHeadersConfig: allSecurityHeaders(true) },
      functions: { "viewer-request": returning('{ status: "302" }') },
    });
    expect(await get("/")).toMatchObject({ status: 302, headers: written });
  });
});
