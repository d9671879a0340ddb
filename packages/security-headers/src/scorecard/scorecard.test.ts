import { describe, expect, it } from "vitest";
import observatory from "../../test/fixtures/observatory-scores.json" with { type: "json" };
import { analyzeSite } from "../site/analyze-site.ts";
import { compileSecurityHeaders } from "../compile/compile-security-headers.ts";
import { cspFindings } from "./csp-findings.ts";
import { observatoryReport } from "./observatory.ts";
import { owaspFindings } from "./owasp.ts";
import { presetNames } from "../compile/presets.ts";
import { formatScorecard, refuseWeakHeaders, scorecard } from "./scorecard.ts";

const site = analyzeSite(
  { "/index.html": '<script type="module" src="/a.js"></script>', "/a.js": "a" },
  { addIntegrity: true },
);

describe("observatoryReport", () => {
  it.each(observatory.cases)("agrees with Observatory on $id", ({ input, expected }) => {
    const { html, hstsPreloaded, redirectsToHttps } = input;
    // An absent header is undefined in the type of the file's union of cases.
    const headers = JSON.parse(JSON.stringify(input.headers)) as Record<string, string>;
    const { pages } = analyzeSite({ "/index.html": html });
    const report = observatoryReport(headers, { pages, hstsPreloaded, redirectsToHttps });
    expect({
      score: report.score,
      grade: report.grade,
      modifiers: Object.fromEntries(report.tests.map(({ test, modifier }) => [test, modifier])),
    }).toEqual(expected);
  });
});

describe("cspFindings", () => {
  it.each([
    ["script-src 'unsafe-inline'; object-src 'none'", ["high script-src 'unsafe-inline'"]],
    ["default-src 'self'", ["low default-src 'self'", "low default-src 'self'"].slice(0, 1)],
    ["object-src 'none'", ["high script-src undefined"]],
    ["default-src 'none'", []],
  ])("of %s", (policy, expected) => {
    const found = cspFindings(policy).map(
      ({ severity, directive, value }) => `${severity} ${directive} ${value}`,
    );
    expect(found).toEqual(expected);
    for (const { advice } of cspFindings(policy)) expect(advice).toMatch(/\.$/);
  });
});

describe("owaspFindings", () => {
  it("names every header that is absent", () => {
    expect(owaspFindings({}).map(({ header }) => header)).toEqual([
      "Strict-Transport-Security",
      "Content-Security-Policy",
      "Content-Security-Policy form-action",
      "Content-Security-Policy object-src",
      "Content-Security-Policy frame-ancestors",
      "Content-Security-Policy upgrade-insecure-requests",
      "X-Content-Type-Options",
      "X-Frame-Options",
      "Referrer-Policy",
      "Permissions-Policy",
      "Cross-Origin-Opener-Policy",
      "Cross-Origin-Embedder-Policy",
      "Cross-Origin-Resource-Policy",
      "X-Permitted-Cross-Domain-Policies",
    ]);
  });

  it("finds nothing in OWASP's own set", () => {
    expect(
      owaspFindings({
        "Content-Security-Policy":
          "default-src 'self'; form-action 'self'; object-src 'none'; frame-ancestors 'none'; upgrade-insecure-requests; block-all-mixed-content",
        "Cross-Origin-Embedder-Policy": "require-corp",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": "camera=()",
        "Referrer-Policy": "no-referrer",
        "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "deny",
        "X-Permitted-Cross-Domain-Policies": "none",
      }),
    ).toEqual([]);
  });
});

describe("the scorecard of each preset", () => {
  it("is what the README says", () => {
    const cards = presetNames.map((preset) => {
      const card = scorecard(
        compileSecurityHeaders({ preset, ...(preset !== "original" && { site }) }),
        {
          pages: site.pages,
        },
      );
      return [preset, card.observatory.score, card.cspFindings.length, card.owaspFindings.length];
    });
    expect(cards).toEqual([
      ["original", 120, 1, 9],
      ["spa", 135, 0, 1],
      ["static", 135, 0, 1],
      ["spa-popups", 135, 0, 2],
      ["isolated", 135, 0, 0],
      ["api", 135, 0, 4],
    ]);
  });

  it("reaches 140 on a domain that browsers know for HTTPS only", () => {
    const card = scorecard(compileSecurityHeaders({ preset: "spa", site }), {
      pages: site.pages,
      hstsPreloaded: true,
    });
    expect(card.observatory).toMatchObject({ score: 140, grade: "A+" });
  });

  it("has one line of advice for each weakness", () => {
    expect(formatScorecard(scorecard(compileSecurityHeaders()))).toMatchInlineSnapshot(`
      "MDN Observatory 115 (A+)
      csp_evaluator 1 finding
      OWASP 6 of 15
      - Observatory, strict-transport-security: Five points more for a domain on the preload list: hstspreload.org.
      - Observatory, x-frame-options: Add frame-ancestors to the policy.
      - Observatory, cross-origin-resource-policy: Set crossOriginResourcePolicy to "same-origin" or "same-site".
      - csp_evaluator, script-src 'self': Give the built site to the option site, with integrity attributes: hashes and 'strict-dynamic' replace origins.
      - OWASP, Content-Security-Policy form-action: Add form-action 'self'.
      - OWASP, Content-Security-Policy frame-ancestors: Add frame-ancestors 'none' or 'self'.
      - OWASP, Content-Security-Policy upgrade-insecure-requests: Add upgrade-insecure-requests.
      - OWASP, Permissions-Policy: Set permissionsPolicy.
      - OWASP, Cross-Origin-Opener-Policy: Set crossOriginOpenerPolicy to "same-origin".
      - OWASP, Cross-Origin-Embedder-Policy: Take the preset "isolated" where everything that is embedded allows it.
      - OWASP, Cross-Origin-Resource-Policy: Set crossOriginResourcePolicy to "same-origin".
      - OWASP, X-Permitted-Cross-Domain-Policies: Set xPermittedCrossDomainPolicies to "none".
      - OWASP, X-XSS-Protection: Set xXssProtection to false: the filter it switches on can be turned against a page."
    `);
  });

  it("judges headers by name too", () => {
    expect(scorecard({ "content-security-policy": "default-src *" }).cspFindings).toHaveLength(1);
  });
});

describe("refuseWeakHeaders", () => {
  const card = scorecard({ "X-Content-Type-Options": "nosniff" });

  it("lets headers pass that show what was asked for", () => {
    expect(() => refuseWeakHeaders(card, {})).not.toThrow();
    expect(() =>
      refuseWeakHeaders(card, { minObservatoryScore: 35, maxCspFindings: 0, maxOwaspFindings: 13 }),
    ).not.toThrow();
  });

  it.each([
    [{ minObservatoryScore: 90 }, "Observatory gives 35 points of 90"],
    [{ maxOwaspFindings: 0 }, "OWASP misses 13 headers of at most 0"],
    [{ maxCspFindings: -1 }, "csp_evaluator has 0 findings of at most -1"],
  ])("refuses %j with the advice", (limits, text) => {
    const refuse = () => refuseWeakHeaders(card, limits);
    expect(refuse).toThrow(expect.objectContaining({ code: "WEAK_HEADERS" }));
    expect(refuse).toThrow(`The security headers are too weak: ${text}.\n- Observatory`);
  });
});
