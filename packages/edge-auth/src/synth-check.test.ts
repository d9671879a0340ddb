import { synthesizedCacheBehavior, synthesizedSite } from "edge-function-testing";
import { describe, expect, it } from "vitest";
import { signingKey } from "../test/support/tokens.ts";
import { compileEdgeAuth } from "./compile/compile-edge-auth.ts";
import type { TokenOptions } from "./compile/edge-auth-options.ts";
import { checkSynthesizedSite, compilerOf, onlyLambdaEdge } from "./synth-check.ts";

const { jwk } = await signingKey("RS256");
const basic = { users: { ada: "correct horse battery" } };
const withBasic = compileEdgeAuth({ publicPaths: ["/assets/*"], rules: [{ basic }] });
const withToken = (changes: Partial<TokenOptions>) =>
  compileEdgeAuth({ rules: [{ token: { issuer: "i", audience: "a", ...changes } }] });
const byKey = { jwks: { keys: [jwk] } };
const secret = "0123456789abcdef0123456789abcdef";

describe("the engine", () => {
  it("may be either for passwords and HS256", () => {
    expect(onlyLambdaEdge(withBasic)).toBeUndefined();
    expect(onlyLambdaEdge(withToken({ secret }))).toBeUndefined();
  });

  it("is Lambda@Edge for signatures of private keys, and for keys that are fetched", () => {
    expect(onlyLambdaEdge(withToken(byKey))).toMatch(/checks signatures of private keys/);
    expect(onlyLambdaEdge(withToken({ jwksUrl: "https://x.example/" }))).toMatch(/no network/);
  });
});

describe("at synth", () => {
  it("nothing is said of a site that protects what it means to", () => {
    expect(checkSynthesizedSite(withBasic, synthesizedSite())).toEqual([]);
  });

  it("credentials without TLS are refused", () => {
    const cacheBehaviors = [synthesizedCacheBehavior({ viewerProtocolPolicy: "allow-all" })];
    expect(checkSynthesizedSite(withBasic, synthesizedSite({ cacheBehaviors }))).toEqual([
      {
        severity: "error",
        message: expect.stringContaining('Cache behavior "*" takes requests without TLS'),
      },
    ]);
  });

  it("files whose cache behavior does not run the function are refused, unless they are public", () => {
    const site = synthesizedSite({
      siteFiles: ["index.html", "assets/app.js", "files/a b.pdf", "files/b.pdf"],
      pathPatternOf: (path) =>
        ["/assets/*", "/files/*"].find((pattern) => path.startsWith(pattern.slice(0, -1))) ?? "*",
    });
    expect(checkSynthesizedSite(withBasic, site)).toEqual([
      {
        severity: "error",
        message:
          '/files/a%20b.pdf and 1 more would be open: cache behavior "/files/*" does not run edge-auth. Name it in the function\'s pathPatterns, or in publicPaths where everybody may see its files.',
      },
    ]);
  });

  it("claims that are not in the cache key are refused, where anything is cached", () => {
    const compiled = withToken({ ...byKey, claimHeaders: { "x-user": "sub", "x-role": "role" } });
    const findings = (headers: "none" | readonly string[], maxTtlSeconds?: number) =>
      checkSynthesizedSite(
        compiled,
        synthesizedSite({
          cacheBehaviors: [
            synthesizedCacheBehavior({
              cachePolicy: {
                minTtlSeconds: 0,
                headers,
                cookies: "none",
                queryStrings: "none",
                ...(maxTtlSeconds !== undefined && { maxTtlSeconds }),
              },
            }),
          ],
        }),
      ).map(({ message }) => message);
    expect(findings(["X-User"])).toEqual([
      'Cache behavior "*" serves what the origin made for one viewer to others: x-role of claimHeaders is not in its cache key. Add it to the cache policy\'s headers, or take a cache policy that caches nothing.',
    ]);
    expect(findings(["X-User", "X-Role"])).toEqual([]);
    expect(findings("none", 0)).toEqual([]);
  });

  it("a secret in the code is warned of", () => {
    expect(checkSynthesizedSite(withToken({ secret }), synthesizedSite())).toMatchObject([
      { severity: "warning", message: expect.stringContaining("rules[0].token.secret is in") },
    ]);
  });

  it("options that are not compiled are known", () => {
    expect(compilerOf({ rules: [] })).toBe("compileEdgeAuth");
    expect(compilerOf(withBasic)).toBeUndefined();
  });
});
