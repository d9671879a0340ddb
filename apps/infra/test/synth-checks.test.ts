import { compileSecretRedirect } from "secret-redirect";
import { compileSecurityHeaders } from "security-headers";
import { compileSpaRewrite } from "spa-rewrite";
import { describe, expect, it } from "vitest";
import { synthesized } from "./synthesized.ts";

const redirect = (rule: object) => ({
  package: "secret-redirect",
  config: compileSecretRedirect({ rules: [{ from: "/en", to: "/", query: "drop", ...rule }] }),
});

describe("synth refuses", () => {
  it("LE-B-50: a redirect by a country that does not reach the function", () => {
    expect(() =>
      synthesized({ functions: [redirect({ conditions: { country: "DE" } })] }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[InfraError: edge.config.ts:19 functions[0] "secret-redirect": rule 0 "/en" on *: it reads the header cloudfront-viewer-country, which does not reach the function. Add it to the cache policy's headers.]`,
    );
  });

  it("CF-G-01: a secret whose token is not in the cache key", () => {
    expect(() =>
      synthesized({
        functions: [redirect({ token: { in: "query", name: "key", value: "0123456789abcdef" } })],
      }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[InfraError: edge.config.ts:19 functions[0] "secret-redirect": rule 0 "/en" on *: it reads the query string key, which does not reach the function. CloudFront shows a function on origin-request the query string only when all of it is forwarded: set the query strings of the cache policy to all.]`,
    );
  });

  it("more headers than a response may have", () => {
    const config = compileSecurityHeaders({ headers: { "X-Much": "x".repeat(33_000) } });
    expect(() =>
      synthesized({ functions: [{ package: "security-headers", config }] }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[InfraError: edge.config.ts:15 functions[0] "security-headers": The headers have 33343 bytes, of which a response can have 32768. Move inline scripts into files, or give pages policies of their own with pagePathOverrides.]`,
    );
  });
});

describe("synth warns", () => {
  it("of a route that never decides", () => {
    const config = compileSpaRewrite({ routes: ["/notes/*", "/notes/:id"] });
    using site = synthesized({ functions: [{ package: "spa-rewrite", config }] });
    expect(site.messages).toMatchInlineSnapshot(`
      [
        "edge.config.ts:11 functions[0] "spa-rewrite": routes[1] may never decide: routes[0] comes before it for "/notes/x". The path matches "/notes/*".",
      ]
    `);
  });
});
