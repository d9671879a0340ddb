import { describe, expect, it } from "vitest";
import { checkSecurityHeaders } from "./check-security-headers.ts";
import { compileSecurityHeaders } from "./compile/compile-security-headers.ts";

const compiled = compileSecurityHeaders({ preset: "spa" });
const covered = { pathPattern: "*", responseHeadersPolicy: true };

describe("checkSecurityHeaders", () => {
  it("finds nothing where every response is covered", () => {
    expect(checkSecurityHeaders(compiled, covered)).toEqual([]);
  });

  it("LE-A-08, LE-A-10, LE-A-11: names the responses that go out bare", () => {
    const facts = { pathPattern: "*", customErrorResponses: true, generatesResponses: true };
    expect(checkSecurityHeaders(compiled, facts)).toEqual([
      {
        severity: "warning",
        message:
          'Cache behavior "*" sends errors of the origin (status 400 and higher), custom error pages, responses that its viewer-request function generates without security headers. Give it the response headers policy of responseHeadersPolicyConfig.',
      },
    ]);
    const atOrigin = compileSecurityHeaders({ preset: "spa", eventType: "origin-response" });
    expect(checkSecurityHeaders(atOrigin, { pathPattern: "*" })).toEqual([]);
  });

  it("refuses HSTS over HTTP", () => {
    const facts = { ...covered, viewerProtocolPolicy: "allow-all" } as const;
    expect(checkSecurityHeaders(compiled, facts)).toEqual([
      {
        severity: "error",
        message:
          'Cache behavior "*" serves HTTP too, where browsers ignore Strict-Transport-Security. Set its viewer protocol policy to "redirect-to-https".',
      },
    ]);
    const without = compileSecurityHeaders({ preset: "spa", strictTransportSecurity: false });
    expect(checkSecurityHeaders(without, facts)).toEqual([]);
  });

  it.each([
    [
      8000,
      "warning",
      ": above 8,192 proxies such as nginx and Apache respond with 502. Browsers take 256 KB. Most of it is X-Big:",
    ],
    [
      17_000,
      "warning",
      ": above 8,192 proxies such as nginx and Apache respond with 502; above 16,384 fetch and http of Node.js fail with a headers overflow error. Browsers",
    ],
    [40_000, "error", "; above 32,768 CloudFront itself responds with 502. Browsers"],
  ])("LE-C-27: %d bytes of headers are worth a %s", (bytes, severity, breaks) => {
    const big = compileSecurityHeaders({
      pathOverrides: [{ pathPattern: "/big", headers: { "X-Big": "x".repeat(bytes) } }],
    });
    const [finding] = checkSecurityHeaders(big, covered);
    expect(finding?.severity).toBe(severity);
    expect(finding?.message).toMatch(
      /^The headers of "\/big" have [\d,]+ bytes, with 600 of S3's and CloudFront's own: /,
    );
    expect(finding?.message).toContain(breaks);
  });
});
