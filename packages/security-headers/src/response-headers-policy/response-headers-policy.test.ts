import { describe, expect, it } from "vitest";
import { responseHeadersPolicyConfig } from "./response-headers-policy.ts";
import { responseHeadersPolicyGaps } from "./response-headers-policy-gaps.ts";

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
    expect(responseHeadersPolicyGaps()).toEqual([]);
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
      "Content-Security-Policy, X-Frame-Options go on every response that the function does not see: a policy knows no Content-Type.",
      "A response headers policy takes 10 removed headers: 58 are left out, from k-proxy-request on.",
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
      "Responses that the function does not see have the headers of the paths that no override matches.",
    );
    const override = responseHeadersPolicyConfig(options, { pathPattern: "/embed/*" });
    expect(override.SecurityHeadersConfig).not.toHaveProperty("FrameOptions");
    expect(responseHeadersPolicyConfig(options).SecurityHeadersConfig).toHaveProperty(
      "FrameOptions",
    );
  });

  it("LE-C-28: names a list of which one counts, and a header that is too long to be set", () => {
    const options = {
      contentSecurityPolicy: `img-src ${"https://a.example ".repeat(120).trim()}`,
      referrerPolicy: ["no-referrer", "same-origin"],
    } as const;
    expect(responseHeadersPolicyGaps(options)).toEqual([
      "Content-Security-Policy is left out of the response headers policy: it has 2167 characters, and CloudFront takes 1783.",
      "Referrer-Policy: a response headers policy keeps the last one of the list only.",
    ]);
    const { SecurityHeadersConfig } = responseHeadersPolicyConfig(options);
    expect(SecurityHeadersConfig).not.toHaveProperty("ContentSecurityPolicy");
    expect(SecurityHeadersConfig["ReferrerPolicy"]).toMatchObject({
      ReferrerPolicy: "same-origin",
    });
  });

  it("LE-C-28: leaves out custom headers that would be more than 10,240 characters together", () => {
    const value = "x".repeat(1780);
    const names = ["X-A", "X-B", "X-C", "X-D", "X-E", "X-F"];
    const options = { headers: Object.fromEntries(names.map((name) => [name, value])) };
    const { CustomHeadersConfig } = responseHeadersPolicyConfig(options);
    const set = CustomHeadersConfig?.Items.map(({ Header }) => Header);
    expect(set).not.toContain("X-F");
    expect(set).toContain("X-E");
    expect(responseHeadersPolicyGaps(options)).toContain(
      "X-F is left out of the response headers policy: CloudFront takes 10240 characters for the names and values of all custom headers.",
    );
  });

  it("LE-C-28: has 'self' in place of the hashes where these are too long", () => {
    const hashes = Array.from(
      { length: 40 },
      (_, index) => `'sha256-${"A".repeat(41)}${10 + index}='`,
    );
    const contentSecurityPolicy = `default-src 'none'; script-src ${hashes.join(" ")} 'strict-dynamic' 'wasm-unsafe-eval'; img-src 'self'`;
    const { SecurityHeadersConfig } = responseHeadersPolicyConfig({ contentSecurityPolicy });
    expect(SecurityHeadersConfig["ContentSecurityPolicy"]).toMatchObject({
      ContentSecurityPolicy:
        "default-src 'none';script-src 'self' 'wasm-unsafe-eval';img-src 'self'",
    });
    expect(responseHeadersPolicyGaps({ contentSecurityPolicy })).toEqual([
      "Content-Security-Policy has 2242 characters, and a response headers policy takes 1783: there 'self' stands in place of the hashes.",
    ]);
  });

  it("gives way to the function at origin-response, and has only what belongs on every response", () => {
    const options = {
      preset: "spa",
      eventType: "origin-response",
      pathOverrides: [{ pathPattern: "/open/*", crossOriginResourcePolicy: false }],
    } as const;
    const { SecurityHeadersConfig, CustomHeadersConfig } = responseHeadersPolicyConfig(options);
    expect(SecurityHeadersConfig).toEqual({
      StrictTransportSecurity: {
        AccessControlMaxAgeSec: 63_072_000,
        IncludeSubdomains: true,
        Preload: false,
        Override: false,
      },
      ContentTypeOptions: { Override: false },
      ReferrerPolicy: { ReferrerPolicy: "strict-origin-when-cross-origin", Override: false },
    });
    expect(CustomHeadersConfig?.Items.map(({ Header, Override }) => [Header, Override])).toEqual([
      ["Permissions-Policy", false],
      ["Cross-Origin-Opener-Policy", false],
      ["Origin-Agent-Cluster", false],
      ["X-Permitted-Cross-Domain-Policies", false],
    ]);
    expect(responseHeadersPolicyGaps(options)).toContain(
      "Content-Security-Policy, X-Frame-Options are left out: a policy knows no Content-Type.",
    );
  });
});
