import { describe, expect, it } from "vitest";
import { behaviorOf, type Json } from "../../test/samples/template.ts";

describe("a response headers policy of the template", () => {
  function policyOf(config: Json) {
    const resources = {
      Policy: {
        Type: "AWS::CloudFront::ResponseHeadersPolicy",
        Properties: { ResponseHeadersPolicyConfig: { Name: "headers", ...config } },
      },
    };
    return behaviorOf({ ResponseHeadersPolicyId: { "Fn::GetAtt": "Policy.Id" } }, resources)
      ?.responseHeadersPolicy;
  }

  it("may be empty", () => {
    expect(policyOf({})).toEqual({
      id: "Policy",
      name: "headers",
      cors: undefined,
      securityHeaders: [],
      customHeaders: [],
      removeHeaders: [],
      serverTimingSamplingRate: undefined,
    });
  });

  it("has its security headers written out", () => {
    const SecurityHeadersConfig = {
      StrictTransportSecurity: {
        AccessControlMaxAgeSec: 63072000,
        IncludeSubdomains: true,
        Preload: true,
        Override: true,
      },
      ContentSecurityPolicy: { ContentSecurityPolicy: "default-src 'none'", Override: true },
      ContentTypeOptions: { Override: false },
      FrameOptions: { FrameOption: "DENY", Override: true },
      XSSProtection: { Protection: true, ModeBlock: true, Override: true },
      ReferrerPolicy: { ReferrerPolicy: "same-origin", Override: true },
    };
    expect(
      policyOf({ SecurityHeadersConfig })?.securityHeaders.map(
        ({ name, value, override }) => `${name}: ${value}${override ? "" : " (unless there)"}`,
      ),
    ).toEqual([
      "Strict-Transport-Security: max-age=63072000; includeSubDomains; preload",
      "Content-Security-Policy: default-src 'none'",
      "X-Content-Type-Options: nosniff (unless there)",
      "X-Frame-Options: DENY",
      "X-XSS-Protection: 1; mode=block",
      "Referrer-Policy: same-origin",
    ]);
  });

  it.each([
    [{ Protection: false }, "0"],
    [{ Protection: true }, "1"],
    [{ Protection: true, ReportUri: "https://example.com/r" }, "1; report=https://example.com/r"],
  ])("writes X-XSS-Protection of %j as %s", (XSSProtection, value) => {
    const [header] = policyOf({ SecurityHeadersConfig: { XSSProtection } })?.securityHeaders ?? [];
    expect(header?.value).toBe(value);
  });

  it("has its CORS, custom, removed and Server-Timing headers", () => {
    expect(
      policyOf({
        CorsConfig: {
          AccessControlAllowCredentials: true,
          AccessControlAllowHeaders: { Items: ["X-A"] },
          AccessControlAllowMethods: { Items: ["GET"] },
          AccessControlAllowOrigins: { Items: ["https://example.com"] },
          AccessControlExposeHeaders: { Items: ["X-B"] },
          AccessControlMaxAgeSec: 600,
          OriginOverride: true,
        },
        CustomHeadersConfig: { Items: [{ Header: "X-C", Value: "c", Override: false }] },
        RemoveHeadersConfig: { Items: [{ Header: "X-Powered-By" }] },
        ServerTimingHeadersConfig: { Enabled: true, SamplingRate: 50 },
      }),
    ).toMatchObject({
      cors: {
        allowCredentials: true,
        allowHeaders: ["X-A"],
        allowMethods: ["GET"],
        allowOrigins: ["https://example.com"],
        exposeHeaders: ["X-B"],
        maxAgeSeconds: 600,
        originOverride: true,
      },
      customHeaders: [{ name: "X-C", value: "c", override: false }],
      removeHeaders: ["x-powered-by"],
      serverTimingSamplingRate: 50,
    });
  });
});
