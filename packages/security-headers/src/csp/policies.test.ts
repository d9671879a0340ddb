import { describe, expect, it } from "vitest";
import { analyzeSite } from "../site/analyze-site.ts";
import { compileSecurityHeaders } from "../compile/compile-security-headers.ts";
import type { SecurityHeadersOptions } from "../options.ts";
import { plainSecurityHeaders } from "../decide-security-headers.ts";

function policies(options: SecurityHeadersOptions): { enforced?: string; reportOnly?: string } {
  const headers = plainSecurityHeaders(compileSecurityHeaders(options));
  const { "Content-Security-Policy": enforced, "Content-Security-Policy-Report-Only": reportOnly } =
    headers;
  return {
    ...(enforced !== undefined && { enforced }),
    ...(reportOnly !== undefined && { reportOnly }),
  };
}

function directive(policy: string | undefined, name: string): string | undefined {
  return policy?.split(";").find((each) => each.split(" ")[0] === name);
}

describe("the policy", () => {
  it("of the original preset gains directives one by one", () => {
    const contentSecurityPolicy = { directives: { connectSrc: ["'self'"] } };
    expect(policies({ contentSecurityPolicy })).toEqual({
      enforced:
        "default-src 'none';img-src 'self';script-src 'self';style-src 'self';object-src 'none';connect-src 'self'",
    });
  });

  it("gains origins where they belong", () => {
    const origins = {
      connect: ["https://api.example.com", "wss://live.example.com"],
      font: ["https://fonts.example.com"],
      form: ["https://pay.example.com"],
      frame: ["https://maps.example.com"],
      image: ["https://img.example.com"],
      media: ["https://media.example.com"],
      script: ["https://js.example.com"],
      style: ["https://css.example.com"],
      worker: ["https://w.example.com"],
    };
    const { enforced } = policies({ preset: "spa", origins });
    expect(directive(enforced, "connect-src")).toBe(
      "connect-src 'self' data: blob: https://api.example.com wss://live.example.com",
    );
    expect(directive(enforced, "font-src")).toContain(" https://fonts.example.com");
    expect(directive(enforced, "form-action")).toContain(" https://pay.example.com");
    expect(directive(enforced, "frame-src")).toContain(" https://maps.example.com");
    expect(directive(enforced, "img-src")).toContain(" https://img.example.com");
    expect(directive(enforced, "media-src")).toContain(" https://media.example.com");
    expect(directive(enforced, "script-src")).toContain(" https://js.example.com");
    expect(directive(enforced, "style-src")).toContain(" https://css.example.com");
    expect(directive(enforced, "style-src-elem")).toContain(" https://css.example.com");
    expect(directive(enforced, "worker-src")).toContain(" https://w.example.com");
  });

  it("takes an origin in place of 'none'", () => {
    const { enforced } = policies({ origins: { connect: ["https://api.example.com"] } });
    expect(directive(enforced, "connect-src")).toBe("connect-src https://api.example.com");
  });

  it("can be tried beside the one that is enforced", () => {
    const { enforced, reportOnly } = policies({
      preset: "static",
      contentSecurityPolicyReportOnly: { directives: { imgSrc: ["'none'"] } },
    });
    expect(directive(enforced, "img-src")).toBe("img-src 'self' data:");
    expect(directive(reportOnly, "img-src")).toBe("img-src 'none'");
    expect(directive(reportOnly, "script-src")).toBe(directive(enforced, "script-src"));
  });

  it("reports to the first endpoint where it names none", () => {
    const reportingEndpoints = { csp: "https://r.example/csp", other: "https://r.example/o" };
    const { enforced } = policies({ preset: "api", reportingEndpoints });
    expect(enforced?.endsWith(";report-uri https://r.example/csp;report-to csp")).toBe(true);
    const named = { directives: { reportTo: "other" } };
    expect(
      policies({ preset: "api", reportingEndpoints, contentSecurityPolicy: named }).enforced,
    ).toMatch(/;report-to other$/);
    const misspelt = { directives: { reportTo: "others" } };
    expect(() => policies({ reportingEndpoints, contentSecurityPolicy: misspelt })).toThrow(
      'reportingEndpoints has no endpoint of the name that a policy reports to: got "others". Did you mean other?',
    );
  });

  it("rolls Trusted Types out: first as a report, then for good", () => {
    const trial = policies({ trustedTypes: { mode: "report-only", policies: ["app"] } });
    expect(trial.reportOnly).toBe("require-trusted-types-for 'script';trusted-types app");
    expect(trial.enforced).not.toContain("trusted-types");
    const enforced = policies({ trustedTypes: { mode: "enforce", policies: [] } });
    expect(enforced.enforced).toContain("require-trusted-types-for 'script';trusted-types 'none'");
    expect(enforced.reportOnly).toBeUndefined();
  });

  it("is left out with false, and the report-only one stays", () => {
    expect(policies({ contentSecurityPolicy: false })).toEqual({});
    expect(
      policies({
        contentSecurityPolicy: false,
        contentSecurityPolicyReportOnly: "default-src 'self'",
      }),
    ).toEqual({ reportOnly: "default-src 'self'" });
  });
});

describe("the policy of a built site", () => {
  const files = {
    "/index.html":
      '<script>a()</script><style>b{}</style><p style="color:red"><script type="module" src="/m.js"></script>',
    "/m.js": "export {};",
  };

  it("trusts scripts by hash alone where each has one", () => {
    const site = analyzeSite(files, { addIntegrity: true });
    const { enforced } = policies({ preset: "spa", site });
    const script = directive(enforced, "script-src");
    expect(script).toMatch(
      /^script-src 'sha256-[\w+/=]+' 'sha384-[\w+/=]+' 'strict-dynamic' 'wasm-unsafe-eval'$/,
    );
    expect(policies({ preset: "spa", site, origins: { script: ["https://x.example"] } })).toEqual({
      enforced,
    });
  });

  it("keeps the origin where a script has no hash", () => {
    const { enforced } = policies({ preset: "spa", site: analyzeSite(files) });
    expect(directive(enforced, "script-src")).toMatch(
      /^script-src 'self' 'wasm-unsafe-eval' 'sha256-[\w+/=]+'$/,
    );
  });

  it("has the hashes of styles where inline styles are not allowed as such", () => {
    const site = analyzeSite(files, { addIntegrity: true });
    const { enforced } = policies({ preset: "static", site });
    expect(directive(enforced, "style-src")).toMatch(/^style-src 'self' 'sha256-[\w+/=]+'$/);
    expect(directive(enforced, "style-src-attr")).toMatch(
      /^style-src-attr 'unsafe-hashes' 'sha256-[\w+/=]+'$/,
    );
    const hashed = policies({ preset: "spa", site, inlineStyles: "hash" }).enforced;
    expect(hashed).not.toContain("unsafe-inline");
    expect(directive(hashed, "style-src")).toMatch(/^style-src 'self' 'sha256-[\w+/=]+'$/);
  });

  it("allows no script where the site has none", () => {
    const site = analyzeSite({ "/index.html": "<p>text" });
    expect(directive(policies({ preset: "static", site }).enforced, "script-src")).toBe(
      "script-src 'none'",
    );
  });

  it("allows inline styles where it is told to", () => {
    const { enforced } = policies({ preset: "static", inlineStyles: "allow" });
    expect(directive(enforced, "style-src-attr")).toBe("style-src-attr 'self' 'unsafe-inline'");
    expect(directive(enforced, "style-src-elem")).toBe("style-src-elem 'self' 'unsafe-inline'");
  });
});
