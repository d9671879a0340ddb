import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { LocalCloudFront } from "local-cloudfront";
import { previewKey } from "release-select";
import type { ResolvedEdgeConfig } from "../src/config/edge-config.ts";
import type { ResolvedStageConfig } from "../src/config/stage-config.ts";
import { SiteInFolder } from "./site-in-folder.ts";
import { synthesized } from "./synthesized.ts";

const releases = { keep: 10, days: 30, isRequired: false };
const required = { ...releases, isRequired: true };
const spa = { package: "spa-rewrite", config: { mode: "fallback" } };
const headers = { package: "security-headers", config: {} };
const byEngine = { engine: undefined, functions: [spa, headers] };

type Changes = Partial<Omit<ResolvedEdgeConfig, "stages">>;

function siteOf(changes: Changes = {}, stage: Partial<ResolvedStageConfig> = {}) {
  return synthesized({ ...byEngine, releases, ...changes }, stage);
}

describe("a stage with releases", () => {
  it("has the release in the documents' cache key, one store, and a function at the documents alone", () => {
    using site = siteOf();
    const outputs = site.template.findOutputs("ReleaseStoreArn");
    const [policy] = Object.values(site.template.findResources("AWS::CloudFront::CachePolicy"));
    const [distribution] = Object.values(
      site.template.findResources("AWS::CloudFront::Distribution"),
    );
    const config = distribution?.["Properties"].DistributionConfig;
    const atRequest = (behavior: { FunctionAssociations?: { EventType: string }[] }) =>
      behavior.FunctionAssociations?.filter(({ EventType }) => EventType === "viewer-request");
    expect(Object.keys(outputs)).toHaveLength(1);
    site.template.resourceCountIs("AWS::CloudFront::KeyValueStore", 1);
    expect(
      policy?.["Properties"].CachePolicyConfig.ParametersInCacheKeyAndForwardedToOrigin
        .HeadersConfig,
    ).toEqual({ HeaderBehavior: "whitelist", Headers: ["x-release"] });
    expect(atRequest(config.DefaultCacheBehavior)).toHaveLength(1);
    expect(atRequest(config.CacheBehaviors[0])).toEqual([]);
    expect(site.costs.join("\n")).toMatch(/release-select \S+, spa-rewrite \S+ at viewer-request/);
    expect(site.messages.join("\n")).not.toContain("Without releases");
  });

  it("CloudFront may not read what says who has deployed", () => {
    using site = siteOf();
    const policies = JSON.stringify(site.template.findResources("AWS::S3::BucketPolicy"));
    expect(policies).toContain("/cf-edge-release-records/*");
  });

  it("serves the site's own folder on this machine, as before the first release", async () => {
    using folder = new SiteInFolder(["about.html"]);
    expect(
      await folder.answers({ ...byEngine, releases }, ["/", "/about.html", "/a/route"]),
    ).toEqual(["200 index.html", "200 about.html", "200 index.html"]);
  });

  it("keeps the rules of many redirects in the same store", () => {
    const rules = Array.from({ length: 300 }, (_, index) => ({
      from: `/old/${index}`,
      to: `/${index}`,
    }));
    const location = "https://www.example.com/";
    using site = siteOf({
      functions: [
        {
          package: "secret-redirect",
          eventType: "viewer-request",
          config: { location, rules },
        },
        spa,
      ],
    });
    site.template.resourceCountIs("AWS::CloudFront::KeyValueStore", 1);
  });
});

describe("a stage that cannot have releases", () => {
  const rows: readonly (readonly [string, Changes, Partial<ResolvedStageConfig>])[] = [
    [
      "spa-rewrite runs on Lambda@Edge at viewer-request, beside which CloudFront runs no CloudFront Function",
      { engine: "lambda-edge" },
      {},
    ],
    [
      'stages.dev.plan is "flat-rate", which takes no cache policy with the release in the cache key',
      {},
      {
        plan: "flat-rate",
        webAclArn: "arn:aws:wafv2:us-east-1:111122223333:global/webacl/notes/0123-abc",
      },
    ],
    [
      "behaviors[0] has a cachePolicy of its own, without the release in the cache key",
      { behaviors: [{ pathPattern: "/docs/*", origin: "site", cachePolicy: "CachingOptimized" }] },
      {},
    ],
    [
      "cacheKey.headers has 10 names, so that there is no room for that of the release",
      { cacheKey: { headers: Array.from({ length: 10 }, (_, index) => `x-${index}`) } },
      {},
    ],
    [
      'hashedAssetsPattern is "/*", whose cache behavior leaves no request for a release',
      { hashedAssetsPattern: "/*" },
      {},
    ],
  ];

  it.each(rows)("since %s, has none and says so", (reason, changes, stage) => {
    using site = siteOf(changes, stage);
    expect(site.template.findOutputs("ReleaseStoreArn")).toEqual({});
    expect(site.messages.filter((each) => each.startsWith("Without releases"))).toEqual([
      `Without releases a deploy writes over the files of the one before, and nothing rolls back: ${reason}. Set releases to false to silence this.`,
    ]);
    using silent = siteOf({ ...changes, releases: false }, stage);
    expect(silent.messages.join("\n")).not.toContain("Without releases");
  });

  it.each(rows)("since %s, is refused where releases are asked for", (reason, changes, stage) => {
    expect(() => siteOf({ ...changes, releases: required }, stage)).toThrow(
      `releases cannot be true: ${reason}. Set releases to false, or change that.`,
    );
  });

  it("since the code would be too large, has none and says by how much", () => {
    const routes = Array.from({ length: 290 }, (_, index) => {
      const name = createHash("sha256").update(String(index)).digest("hex").slice(0, 16);
      return `/${name}/:page`;
    });
    const changes = { functions: [{ ...spa, config: { routes } }] };
    using site = siteOf(changes);
    expect(site.template.findOutputs("ReleaseStoreArn")).toEqual({});
    expect(site.messages.join("\n")).toMatch(
      /Without releases .* is too large: got \d+ bytes, \d+ more than there may be/,
    );
    expect(() => siteOf({ ...changes, releases: required })).toThrow("is too large");
  });
});

describe("a stage of previews", () => {
  const users = { team: "correct horse battery" };

  it("asks for the password at each cache behavior, and no search engine lists it", async () => {
    using folder = new SiteInFolder(["assets/a.js", "about.html"]);
    using site = siteOf({ siteFolder: folder.folder }, { previews: { users } });
    const cloudfront = await LocalCloudFront.start({ assembly: site.assemblyFolder, port: 0 });
    const get = async (path: string, more: Readonly<Record<string, string>> = {}) => {
      const response = await cloudfront.fetch(path, { headers: more, redirect: "manual" });
      return { response, body: await response.text() };
    };
    const authorization = `Basic ${Buffer.from("team:correct horse battery").toString("base64")}`;
    try {
      for (const path of ["/", "/assets/a.js", "/_preview/pr-12"]) {
        expect((await get(path)).response.status).toBe(401);
      }
      expect((await get("/assets/a.js", { authorization })).body).toBe("assets/a.js");
      const { response, body } = await get("/", { authorization });
      expect(body).toBe("index.html");
      expect(response.headers.get("x-robots-tag")).toBe("noindex");
      const entered = await get("/_preview/pr-12/about.html", { authorization });
      expect(entered.response.headers.get("location")).toBe("/about.html");
      const cookie = "preview=pr-12";
      expect((await get("/about.html", { authorization, cookie })).response.status).toBe(404);
      const [store] = Object.values(site.template.findResources("AWS::CloudFront::KeyValueStore"));
      cloudfront.kvs(store?.["Properties"].Name).set(previewKey("pr-12"), "none");
      expect((await get("/about.html", { authorization, cookie })).body).toBe("about.html");
    } finally {
      await cloudfront.close();
    }
  });

  it("without passwords is open, and lists nothing either", () => {
    using site = siteOf({ functions: [spa] }, { previews: { users: false } });
    const policies = Object.values(
      site.template.findResources("AWS::CloudFront::ResponseHeadersPolicy"),
    );
    expect(policies.map((each) => each["Properties"].ResponseHeadersPolicyConfig)).toEqual([
      expect.objectContaining({
        CustomHeadersConfig: {
          Items: [{ Header: "X-Robots-Tag", Value: "noindex", Override: true }],
        },
      }),
    ]);
  });

  it("needs releases", () => {
    expect(() => siteOf({ releases: false }, { previews: { users: false } })).toThrow(
      "stages.dev.previews needs releases, which the stage cannot have: releases is false. Leave previews out, or change that.",
    );
  });
});
