import { describe, expect, it } from "vitest";
import {
  responseHeadersPolicyConfig,
  responseHeadersPolicyGaps,
} from "./response-headers-policy-config.ts";

describe("responseHeadersPolicyConfig", () => {
  it("says all seven of the original headers", () => {
    expect(responseHeadersPolicyConfig()).toEqual({
      Name: "security-headers",
      Comment: "The headers that security-headers sets, for responses that it does not see.",
      SecurityHeadersConfig: {
        StrictTransportSecurity: {
          AccessControlMaxAgeSec: 63_072_000,
          IncludeSubdomains: true,
          Preload: true,
          Override: true,
        },
        ContentSecurityPolicy: {
          ContentSecurityPolicy:
            "default-src 'none'; img-src 'self'; script-src 'self'; style-src 'self'; object-src 'none'",
          Override: true,
        },
        ContentTypeOptions: { Override: true },
        FrameOptions: { FrameOption: "DENY", Override: true },
        XSSProtection: { Protection: true, ModeBlock: true, Override: true },
        ReferrerPolicy: { ReferrerPolicy: "same-origin", Override: true },
      },
      CustomHeadersConfig: {
        Items: [{ Header: "Server", Value: "Erlang on Eels", Override: true }],
      },
    });
    expect(responseHeadersPolicyGaps()).toEqual([
      "Server is written as a custom header; AWS does not say whether it may replace CloudFront's own.",
    ]);
  });

  it("says what it can of a preset, and names the rest", () => {
    const { CustomHeadersConfig, RemoveHeadersConfig, SecurityHeadersConfig } =
      responseHeadersPolicyConfig({ preset: "spa" }, { name: "notes" });
    expect(CustomHeadersConfig?.Items.map(({ Header }) => Header)).toEqual([
      "Permissions-Policy",
      "Cross-Origin-Opener-Policy",
      "Cross-Origin-Resource-Policy",
      "Origin-Agent-Cluster",
      "X-Permitted-Cross-Domain-Policies",
    ]);
    expect(Object.keys(SecurityHeadersConfig)).not.toContain("XSSProtection");
    expect(RemoveHeadersConfig?.Items).toHaveLength(10);
    expect(RemoveHeadersConfig?.Items[0]).toEqual({ Header: "server" });
    expect(responseHeadersPolicyGaps({ preset: "spa" })).toEqual([
      "Content-Security-Policy, X-Frame-Options go on every response: a policy knows no Content-Type.",
      "A policy takes 10 removed headers: 58 are left out, from k-proxy-request on.",
    ]);
  });

  it("keeps what the origin sent where the options keep it", () => {
    const config = responseHeadersPolicyConfig({ keepIfPresent: ["Referrer-Policy", "Server"] });
    expect(config.SecurityHeadersConfig["ReferrerPolicy"]).toMatchObject({ Override: false });
    expect(config.CustomHeadersConfig?.Items[0]).toMatchObject({ Override: false });
  });

  it.each([
    ["0", { Protection: false }],
    ["1", { Protection: true }],
    ["1; report=https://r.example", { Protection: true, ReportUri: "https://r.example" }],
  ])("X-XSS-Protection %s", (xXssProtection, expected) => {
    const { SecurityHeadersConfig } = responseHeadersPolicyConfig({ xXssProtection });
    expect(SecurityHeadersConfig["XSSProtection"]).toEqual({ ...expected, Override: true });
  });

  it("makes the policy of a path override", () => {
    const options = { pathOverrides: [{ pathPattern: "/embed/*", xFrameOptions: false }] } as const;
    expect(responseHeadersPolicyGaps(options)).toContain(
      "pathOverrides need a policy each, on a cache behavior of the same path pattern.",
    );
    const override = responseHeadersPolicyConfig(options, { pathPattern: "/embed/*" });
    expect(override.SecurityHeadersConfig).not.toHaveProperty("FrameOptions");
    expect(responseHeadersPolicyConfig(options).SecurityHeadersConfig).toHaveProperty(
      "FrameOptions",
    );
  });

  it("LE-C-28: names a value that is too long, and a list of which one counts", () => {
    const gaps = responseHeadersPolicyGaps({
      contentSecurityPolicy: `img-src ${"https://a.example ".repeat(120).trim()}`,
      referrerPolicy: ["no-referrer", "same-origin"],
    });
    expect(gaps).toContain(
      "Content-Security-Policy has 2167 characters; CloudFront may refuse more than 1783.",
    );
    expect(gaps).toContain("Referrer-Policy: only the last policy is kept.");
  });
});
