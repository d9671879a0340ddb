import { describe, expect, it } from "vitest";
import { stageOf } from "./stage-of.ts";
import { defineEdgeConfig, type EdgeConfig } from "./edge-config.ts";

const config: EdgeConfig = {
  stackName: "notes",
  siteFolder: "../notes/dist",
  functions: [{ package: "spa-rewrite", config: { route: "^$" } }],
};
const domain = {
  names: ["notes.example.com"],
  certificateArn: "arn:aws:acm:us-east-1:111122223333:certificate/0123-abc",
};

const elsewhere = domain.certificateArn.replace("us-east-1", "eu-west-1");
const devStage = {
  name: "dev",
  stackName: "notes",
  account: undefined,
  domain: undefined,
  runtime: undefined,
  priceClass: "PriceClass_All",
  http3: true,
  additionalMetrics: false,
  logRetentionDays: undefined,
  terminationProtection: false,
  webAclArn: undefined,
  plan: "pay-as-you-go",
  accessLogs: undefined,
  alarms: undefined,
  previews: undefined,
};

/** A configuration as somebody may type it who does not compile it first. */
function mistyped(changes: object): EdgeConfig {
  return { ...config, ...changes };
}

describe("a configuration", () => {
  it("takes defaults for what it leaves open", () => {
    expect(defineEdgeConfig(config)).toEqual({
      ...config,
      siteFiles: {},
      contentTypes: {},
      hashedAssetsPattern: "/assets/*",
      replacedAssetsDays: 30,
      tryOut: [{ uri: "/", shows: "200" }],
      engine: undefined,
      traffic: { hitRatio: 0.9, documentShare: 0.3, lambdaMilliseconds: 3 },
      cacheKey: {},
      behaviors: [],
      notFoundPage: undefined,
      errorPages: [],
      releases: { keep: 10, days: 30, isRequired: false },
      liveChecks: [{ uri: "/", status: 200 }],
      stages: [devStage],
    });
  });

  it("keeps what it sets", () => {
    const set = {
      ...config,
      siteFiles: { include: [".env.public", "**/*.sql"], exclude: ["drafts"] },
      contentTypes: { feed: "application/rss+xml", "*.txt": 'text/plain; charset="utf-8"' },
      hashedAssetsPattern: "/static/*",
      replacedAssetsDays: 7,
      engine: "lambda-edge" as const,
      traffic: { hitRatio: 0.5, documentShare: 1, lambdaMilliseconds: 9 },
      cacheKey: { cookies: ["lang"] },
      behaviors: [
        { pathPattern: "/api/*", origin: "https://api.example.com/v1" },
        {
          pathPattern: "/fn",
          origin: { functionFolder: "../fn", handler: "fn.run", memoryMb: 128, timeoutSeconds: 3 },
          cachePolicy: "UseOriginCacheControlHeaders",
          originRequestPolicy: "216adef6-5c7f-47e4-b989-5492eafa07d3",
        },
      ],
      notFoundPage: false as const,
      errorPages: [{ status: 503, page: "/503.html", responseStatus: 200, cacheSeconds: 0 }],
      tryOut: [{ uri: "/a", shows: "a page" }],
      liveChecks: [{ uri: "/a", status: 302, headers: { location: "/b", etag: "*" } }],
    };
    const prod = {
      stackName: "shop",
      account: "111122223333",
      domain,
      runtime: "nodejs22.x",
      priceClass: "PriceClass_100",
      http3: false,
      additionalMetrics: true,
      logRetentionDays: 90,
      terminationProtection: true,
      webAclArn: "arn:aws:wafv2:us-east-1:111122223333:global/webacl/notes/0123-abc",
      plan: "pay-as-you-go",
      accessLogs: { retentionDays: 7 },
      alarms: { email: "team@example.com" },
      previews: { users: false },
      permissionsBoundary: "shop-function-boundary",
    } as const;
    expect(defineEdgeConfig({ ...set, releases: { keep: 3 }, stages: { dev: {}, prod } })).toEqual({
      ...set,
      releases: { keep: 3, days: 30, isRequired: true },
      stages: [devStage, { name: "prod", ...prod }],
    });
  });

  it("has no releases where it says so", () => {
    expect(defineEdgeConfig({ ...config, releases: false }).releases).toBe(false);
  });

  it.each([
    { siteFolderr: "x" },
    { colour: "red" },
    { engine: "lambda" },
    { traffic: { hitRatio: 90 } },
    { functions: [{ package: "a", config: {}, eventType: "viewer" }] },
    { stackName: "my notes" },
    { stackName: undefined },
    { siteFolder: "" },
    { siteFiles: ["*.sql"] },
    { siteFiles: { includes: ["*.sql"] } },
    { siteFiles: { include: "*.sql" } },
    { siteFiles: { include: ["/dump.sql"] } },
    { siteFiles: { exclude: ["./drafts"] } },
    { siteFiles: { exclude: ["drafts/"] } },
    { siteFiles: { exclude: ["!drafts"] } },
    { contentTypes: ["feed"] },
    { contentTypes: { "/feed": "application/rss+xml" } },
    { contentTypes: { feed: "rss" } },
    { contentTypes: { feed: "text/plain\r\nSet-Cookie: a=b" } },
    { hashedAssetsPattern: "assets/*" },
    { hashedAssetsPattern: "/assets/*.js" },
    { functions: { package: "spa-rewrite" } },
    { functions: ["spa-rewrite"] },
    { functions: [{ package: "spa-rewrite" }] },
    { functions: [{ package: "", config: {} }] },
    { functions: [{ package: "a", config: { route: /x/ } }] },
    { functions: [{ package: "a", config: [] }] },
    { functions: [{ package: "a", config: {}, options: {} }] },
    { functions: [{ package: "a", config: {}, pathPatterns: "*" }] },
    { functions: [{ package: "a", config: {}, pathPatterns: ["assets/*"] }] },
    { tryOut: [{ uri: "a", shows: "a page" }] },
    { tryOut: [{ uri: "/a" }] },
    { replacedAssetsDays: 0 },
    { liveChecks: [{ uri: "/a" }] },
    { liveChecks: [{ uri: "/a", status: "200" }] },
    { liveChecks: [{ uri: "/a", status: 200, headers: { etag: 1 } }] },
    { stages: {} },
    { stages: { Prod: {} } },
    { stages: { prod: { runtimes: "nodejs22.x" } } },
    { stages: { prod: { account: "1111-2222-3333" } } },
    { stages: { prod: { runtime: "python3.14" } } },
    { stages: { prod: { priceClass: "100" } } },
    { stages: { prod: { http3: "no" } } },
    { stages: { prod: { additionalMetrics: 1 } } },
    { stages: { prod: { logRetentionDays: 100 } } },
    { stages: { prod: { terminationProtection: "yes" } } },
    { stages: { prod: { webAclArn: "notes" } } },
    { stages: { prod: { accessLogs: true } } },
    { stages: { prod: { alarms: true } } },
    { stages: { prod: { alarms: { email: "team" } } } },
    { stages: { prod: { permissionsBoundary: "arn:aws:iam::111122223333:policy/boundary" } } },
    { stages: { dev: { stackName: "notes" }, prod: { stackName: "notes" } } },
    { stages: { prod: { domain: "notes.example.com" } } },
    { stages: { prod: { domain: { names: ["notes.example.com"] } } } },
    { stages: { prod: { domain: { ...domain, names: [] } } } },
    { stages: { prod: { domain: { ...domain, names: ["https://notes.example.com"] } } } },
    { stages: { prod: { domain: { ...domain, certificateArn: elsewhere } } } },
  ])("is refused with %j", (changes) => {
    expect(() => defineEdgeConfig(mistyped(changes))).toThrowErrorMatchingSnapshot();
  });
});

describe("a stage", () => {
  const stages = defineEdgeConfig({ ...config, stages: { dev: {}, prod: {} } });

  it("is the first one when none is named", () => {
    expect([stageOf(stages).name, stageOf(stages, "prod").name]).toEqual(["dev", "prod"]);
  });

  it("is refused by a name that is not in the file", () => {
    expect(() => stageOf(stages, "prd")).toThrowErrorMatchingInlineSnapshot(
      `[EdgeSiteError: The stage is not in edge.config.ts: got "prd". Did you mean prod? Allowed: dev, prod.]`,
    );
  });
});
