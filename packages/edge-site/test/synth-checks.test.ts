import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Match } from "aws-cdk-lib/assertions";
import { LocalCloudFront } from "local-cloudfront";
import { compileSecretRedirect } from "secret-redirect";
import { analyzeSite, compileForSite, compileSecurityHeaders } from "security-headers";
import { compileSpaRewrite } from "spa-rewrite";
import { describe, expect, it } from "vitest";
import type { ResolvedEdgeConfig } from "../src/config/edge-config.ts";
import { EdgeSiteError } from "../src/edge-site-error.ts";
import { SiteInFolder } from "./site-in-folder.ts";
import { synthesized } from "./synthesized.ts";

const redirect = (rule: object) => ({
  package: "secret-redirect",
  config: compileSecretRedirect({ rules: [{ from: "/en", to: "/", query: "drop", ...rule }] }),
});

/** The message with which synth ends; where functions stand in the file is not this test's affair. */
function refusalOf(changes: Partial<ResolvedEdgeConfig>): string {
  try {
    synthesized(changes)[Symbol.dispose]();
  } catch (error) {
    if (!(error instanceof EdgeSiteError)) throw error;
    return error.message.replace(/config\.ts:\d+/, "config.ts:LINE");
  }
  return "not refused";
}

describe("a runtime that AWS has deprecated", () => {
  it("LE-E-15: is a warning, for AWS goes on taking it for a while", () => {
    using before = synthesized({}, {}, { today: "2027-04-29" });
    using after = synthesized({}, {}, { today: "2027-05-01" });
    const added = after.messages.filter((message) => !before.messages.includes(message));
    expect(added.length).toBeGreaterThan(0);
    expect(added[0]?.replace(/config\.ts:\d+/, "config.ts:LINE")).toMatchInlineSnapshot(
      `"edge.config.ts:LINE functions[0] "spa-rewrite": SiteSpaRewriteFunction687D2E9B.Runtime is deprecated since 2027-04-30: got "nodejs22.x". Use nodejs24.x, python3.14, python3.13, python3.12, python3.11. (LE-E-15, at notes/Site/SpaRewrite/Function/Resource, Properties.Runtime)"`,
    );
  });

  it("LE-E-15: is gone with the runtime that the warning names", () => {
    using site = synthesized({}, { runtime: "nodejs24.x" }, { today: "2027-05-01" });
    expect(site.messages.filter((message) => message.includes("LE-E-15"))).toEqual([]);
  });

  it("LE-E-16: is refused once AWS refuses it", () => {
    expect(() => synthesized({}, {}, { today: "2027-07-02" })).toThrow(
      '.Runtime can neither be created nor updated any more: got "nodejs22.x".',
    );
  });
});

describe("synth refuses", () => {
  it("LE-B-50: a redirect by a country that does not reach the function", () => {
    const functions = [redirect({ conditions: { country: "DE" } })];
    expect(refusalOf({ functions })).toMatchInlineSnapshot(
      `"edge.config.ts:LINE functions[0] "secret-redirect": rule 0 "/en" on *: it reads the header cloudfront-viewer-country, which does not reach the function. Put it into the cache key, as in cacheKey: { headers: ["cloudfront-viewer-country"] }."`,
    );
  });

  it("CF-G-01: a secret whose token is not in the cache key", () => {
    const token = { in: "query", name: "key", value: "0123456789abcdef" };
    expect(refusalOf({ functions: [redirect({ token })] })).toMatchInlineSnapshot(
      `"edge.config.ts:LINE functions[0] "secret-redirect": rule 0 "/en" on *: it reads the query string key, which does not reach the function: on origin-request it sees the query string only when all of it is forwarded. Let the function run on viewer-request, as in { package: "secret-redirect", eventType: "viewer-request", … }, or put it into the cache key, as in cacheKey: { queryStrings: "all" }."`,
    );
  });

  it("more headers than a response may have", () => {
    const config = compileSecurityHeaders({ headers: { "X-Much": "x".repeat(33_000) } });
    const functions = [{ package: "security-headers", config }];
    expect(refusalOf({ functions })).toMatchInlineSnapshot(
      `"edge.config.ts:LINE functions[0] "security-headers": The headers have 33,943 bytes, with 600 of S3's and CloudFront's own: above 8,192 proxies such as nginx and Apache respond with 502; above 16,384 fetch and http of Node.js fail with a headers overflow error; above 32,768 CloudFront itself responds with 502. Browsers take 256 KB. Most of it is X-Much: make it shorter."`,
    );
  });

  it("options that were compiled for another build", () => {
    const page = { scriptHashes: [`'sha256-${"A".repeat(43)}='`], allowsStrictDynamic: true };
    const pages = [{ ...analyzeSite({ "/index.html": "" }).pages[0]!, ...page }];
    const config = compileSecurityHeaders({ preset: "spa", site: { pages } });
    const functions = [{ package: "security-headers", config }];
    expect(refusalOf({ functions })).toMatchInlineSnapshot(
      `"edge.config.ts:LINE functions[0] "security-headers": /index.html has scripts without an integrity attribute, which its policy blocks: got 'strict-dynamic'. The options were compiled from another build. Compile them at synth: config: compileForSite({ … })."`,
    );
  });
});

describe("synth warns", () => {
  it("of what the policy blocks in this build, and the local CloudFront repeats it in one line", async () => {
    using folder = new SiteInFolder(["assets/index.js"]);
    writeFileSync(join(folder.folder, "assets/index.js"), 'fetch("/api/notes");');
    const functions = [{ package: "security-headers", config: compileSecurityHeaders() }];
    using site = synthesized({ siteFolder: folder.folder, functions });
    const warning = expect.stringContaining(
      `The policy breaks this build. /assets/index.js:1 calls fetch: connect-src is not allowed. The preset "spa" allows it: config: compileForSite({ preset: "spa" }).`,
    ) as string;
    expect(site.messages).toContainEqual(warning);
    const cloudfront = await LocalCloudFront.start({ assembly: site.assemblyFolder, port: 0 });
    expect(cloudfront.warnings).toContainEqual({ subject: "Synth", message: warning });
    await cloudfront.close();
    const config = compileForSite({ preset: "spa" });
    using followed = synthesized({
      siteFolder: folder.folder,
      functions: [{ package: "security-headers", config }],
    });
    expect(followed.messages.filter((message) => message.includes("breaks this build"))).toEqual(
      [],
    );
  });

  it("of a route that never decides", () => {
    const config = compileSpaRewrite({ routes: ["/notes/*", "/notes/:id"] });
    using site = synthesized({ functions: [{ package: "spa-rewrite", config }] });
    expect(site.messages).toEqual([
      expect.stringMatching(
        /^edge\.config\.ts:\d+ functions\[0\] "spa-rewrite": routes\[1\] may never decide: routes\[0\] comes before it/,
      ),
    ]);
  });
});

describe("a redirect within the site", () => {
  const routes = compileSpaRewrite({ routes: ["/notes/:id(\\d+)"] });
  const messagesFor = (to: string) => {
    using site = synthesized({
      functions: [{ package: "spa-rewrite", config: routes }, redirect({ to })],
    });
    return site.messages;
  };

  it("may lead to a file or to a route", () => {
    expect(messagesFor("/index.html")).toEqual([]);
    expect(messagesFor("/notes/1")).toEqual([]);
  });

  it("is told when it leads to neither", () => {
    expect(messagesFor("/notes/one")).toEqual([
      expect.stringContaining('rule 0 "/en" leads to "/notes/one", which the site does not have.'),
    ]);
  });
});

describe("options that are compiled for the site", () => {
  const functions = (limits: object) => [
    {
      package: "security-headers",
      config: compileForSite({ preset: "spa" }),
      limits: { ...limits },
    },
  ];

  it("have the hashes of its pages, which are deployed with integrity attributes", () => {
    using site = synthesized({
      functions: functions({ minObservatoryScore: 135, maxCspFindings: 0 }),
    });
    const page = readFileSync(join(site.assemblyFolder, "site/index.html"), "utf8");
    const [, hash] = /<script integrity="([^"]+)"/.exec(page)!;
    site.template.hasResourceProperties("AWS::CloudFront::ResponseHeadersPolicy", {
      ResponseHeadersPolicyConfig: {
        SecurityHeadersConfig: {
          ContentSecurityPolicy: {
            ContentSecurityPolicy: Match.stringLikeRegexp(`'${hash!.replaceAll("+", "\\+")}'`),
          },
        },
      },
    });
    expect(site.messages).toEqual([
      expect.stringMatching(
        /MDN Observatory 135 \(A\+\)\ncsp_evaluator 0 findings\nOWASP 14 of 15\n/,
      ),
    ]);
  });

  it("stop the synth where the scorecard shows less than the limits ask for", () => {
    const strict = functions({ minObservatoryScore: 140 });
    expect(refusalOf({ functions: strict })).toMatchInlineSnapshot(`
      "edge.config.ts:LINE functions[0] "security-headers": The security headers are too weak: Observatory gives 135 points of 140.
      - Observatory, strict-transport-security: Five points more for a domain on the preload list: hstspreload.org.
      - OWASP, Cross-Origin-Embedder-Policy: Take the preset "isolated" where everything that is embedded allows it."
    `);
  });

  it("stop the synth where a limit is misspelt", () => {
    expect(
      refusalOf({ functions: functions({ minObservatoryScores: 140 }) }),
    ).toMatchInlineSnapshot(
      `"edge.config.ts:LINE functions[0] "security-headers": limits.minObservatoryScores is not an option: got 140. Did you mean minObservatoryScore?"`,
    );
  });
});
