import { Match } from "aws-cdk-lib/assertions";
import { compileSecretRedirect } from "secret-redirect";
import { compileSpaRewrite } from "spa-rewrite";
import { describe, expect, it } from "vitest";
import { edgeConfig } from "./notes/edge.config.ts";
import { defineEdgeConfig, type EdgeConfig } from "../src/config/edge-config.ts";
import { synthesized } from "./synthesized.ts";

function costOf(changes: Parameters<typeof synthesized>[0]): readonly string[] {
  using site = synthesized(changes);
  return site.costs;
}

describe("the costs of a million requests", () => {
  it("name each function's engine, the reason for it, and what the other one costs", () => {
    expect(costOf({})).toMatchInlineSnapshot(`
      [
        "A million requests cost about $1.82, without data transfer and free tier (list prices of 2026-11-30):",
        "  1,000,000  HTTPS requests                                            $1.00",
        "    300,000  spa-rewrite 0.1.0 at viewer-request on Lambda@Edge        $0.19  (edge.config.ts says so; as a CloudFront Function $0.03)",
        "  1,000,000  security-headers 0.1.0 at viewer-response on Lambda@Edge  $0.62  (edge.config.ts says so; as a CloudFront Function $0.10)",
        "     30,000  secret-redirect 0.1.0 at origin-request on Lambda@Edge    $0.02  (edge.config.ts says so)",
        "  Assumed: 90 % from the cache, 30 % for documents, 3 ms on Lambda@Edge. Set traffic in edge.config.ts to what your site has.",
      ]
    `);
    expect(costOf({ engine: undefined }).slice(1, 5)).toMatchInlineSnapshot(`
      [
        "  1,000,000  HTTPS requests                                                      $1.00",
        "    300,000  spa-rewrite 0.1.0 at viewer-request as a CloudFront Function        $0.03  (it needs neither network nor body, and costs a sixth there; on Lambda@Edge $0.19)",
        "  1,000,000  security-headers 0.1.0 at viewer-response as a CloudFront Function  $0.10  (it needs neither network nor body, and costs a sixth there; on Lambda@Edge $0.62)",
        "     30,000  secret-redirect 0.1.0 at origin-request on Lambda@Edge              $0.02  (CloudFront Functions run at viewer events only, and it runs at origin-request)",
      ]
    `);
  });

  it("follow what the site says of its traffic", () => {
    const traffic = { hitRatio: 0, documentShare: 1, lambdaMilliseconds: 50 };
    expect(costOf({ traffic }).at(4)).toMatch(/^ +1,000,000 {2}secret-redirect .+ \$0\.91 /);
    expect(costOf({ traffic }).at(-1)).toContain("0 % from the cache, 100 % for documents, 50 ms");
  });

  it("have one line for a function of several packages", () => {
    const functions = [
      {
        package: "secret-redirect",
        config: compileSecretRedirect({ location: "https://example.com/" }),
        eventType: "viewer-request" as const,
      },
      { package: "spa-rewrite", config: compileSpaRewrite({ routes: ["/notes/:id"] }) },
    ];
    expect(costOf({ functions, engine: undefined }).slice(2, -1)).toEqual([
      expect.stringMatching(
        /^ +300,000 {2}secret-redirect \S+, spa-rewrite \S+ at viewer-request as a CloudFront Function {2,}\$0\.03 /,
      ),
    ]);
  });
});

/** More rules than the code of a CloudFront Function holds. */
const manyRedirects = {
  package: "secret-redirect",
  engine: "cloudfront-function" as const,
  config: compileSecretRedirect({
    rules: Array.from({ length: 300 }, (_, index) => ({ from: `/a/${index}`, to: "/b" })),
  }),
};

describe("FN-I-34: a key value store", () => {
  it("costs one read for each invocation", () => {
    const traffic = { hitRatio: 0.9, documentShare: 1, lambdaMilliseconds: 3 };
    expect(costOf({ functions: [manyRedirects], traffic })[2]).toMatch(
      /^ +1,000,000 {2}secret-redirect \S+ at viewer-request as a CloudFront Function {2}\$0\.13 {2}\(edge\.config\.ts says so; of it \$0\.03 for reading its key value store; on Lambda@Edge \$0\.62\)$/,
    );
  });
});

describe("FN-I-58: a stage with a flat-rate plan", () => {
  const webAclArn = "arn:aws:wafv2:us-east-1:111122223333:global/webacl/edge/1";

  it("has managed policies alone, its web ACL, and says what that costs", () => {
    using site = synthesized({}, { plan: "flat-rate", webAclArn });
    site.template.resourceCountIs("AWS::CloudFront::CachePolicy", 0);
    site.template.resourceCountIs("AWS::CloudFront::ResponseHeadersPolicy", 0);
    site.template.hasResourceProperties("AWS::CloudFront::Distribution", {
      DistributionConfig: {
        WebACLId: webAclArn,
        DefaultCacheBehavior: Match.objectLike({
          CachePolicyId: "658327ea-f89d-4fab-a63d-7e88639e58f6",
          ResponseHeadersPolicyId: "67f7725c-6f97-4210-82d7-5512b31e9d03",
        }),
      },
    });
    expect(site.messages.join("\n")).toContain(
      'stages.dev.plan is "flat-rate": the template has managed policies alone.',
    );
  });

  it("says that the plan Free has no key value store", () => {
    const stage = { plan: "flat-rate" as const, webAclArn };
    using site = synthesized({ functions: [manyRedirects] }, stage);
    expect(site.messages).toContain(
      'stages.dev.plan is "flat-rate", and a function has a key value store (FN-I-58): the plan Free has none. Take Pro, fewer rules, or engine "lambda-edge".',
    );
  });

  it.each<readonly [string, Partial<EdgeConfig>, string]>([
    [
      "a web ACL",
      { stages: { dev: { plan: "flat-rate" } } },
      'stages.dev.plan is "flat-rate", whose distributions must have a web ACL: got no webAclArn. Set stages.dev.webAclArn, or plan to "pay-as-you-go".',
    ],
    [
      "the cache key of the managed policy",
      { stages: { dev: { plan: "flat-rate", webAclArn } }, cacheKey: { cookies: ["theme"] } },
      'stages.dev.plan is "flat-rate", which takes no cache policy of its own in Free and Pro: got {"cookies":["theme"]} for cacheKey. Leave cacheKey out, or set plan to "pay-as-you-go".',
    ],
  ])("must have %s", (_, changes, message) => {
    const { stackName, siteFolder } = edgeConfig;
    const config = { stackName, siteFolder, functions: [], ...changes };
    expect(() => defineEdgeConfig(config)).toThrow(
      expect.objectContaining({ code: "INVALID_CONFIG", message }),
    );
  });
});
