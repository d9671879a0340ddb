import { describe, expect, it } from "vitest";
import {
  cachingOptimized,
  loadTemplate,
  refusalOf,
  refusalsOf,
  type Json,
  behaviorOf,
} from "../../test/samples/template.ts";

function policyWith(ttls: Json): Json {
  return {
    Policy: {
      Type: "AWS::CloudFront::CachePolicy",
      Properties: { CachePolicyConfig: { Name: "policy", ...ttls } },
    },
  };
}

describe("a cache policy beside legacy settings", () => {
  it("wins, with a warning, as CloudFormation has it", () => {
    const { distribution, warnings } = loadTemplate({
      behavior: { ForwardedValues: { QueryString: true }, DefaultTTL: 5 },
    });
    expect(distribution.cacheBehaviors[0]?.cachePolicy).toMatchObject({
      defaultTtlSeconds: 86_400,
      queryStrings: { behavior: "none" },
    });
    const message = "It has no effect beside a CachePolicyId: remove it.";
    expect(warnings).toEqual([
      { subject: "Distribution.DistributionConfig.DefaultCacheBehavior.ForwardedValues", message },
      { subject: "Distribution.DistributionConfig.DefaultCacheBehavior.DefaultTTL", message },
    ]);
  });
});

describe("a cache behavior", () => {
  it("has CloudFront's settings where the template has none", () => {
    expect(behaviorOf({})).toMatchObject({
      pathPattern: "*",
      isDefault: true,
      targetOriginId: "site",
      viewerProtocolPolicy: "allow-all",
      allowedMethods: ["GET", "HEAD"],
      cachedMethods: ["GET", "HEAD"],
      compress: false,
      originRequestPolicy: undefined,
      responseHeadersPolicy: undefined,
      functionAssociations: {},
      cloudFrontFunctions: {},
    });
  });

  it("has the settings of the template", () => {
    expect(
      behaviorOf({
        ViewerProtocolPolicy: "https-only",
        AllowedMethods: ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"],
        CachedMethods: ["GET", "HEAD", "OPTIONS"],
        Compress: true,
      }),
    ).toMatchObject({
      viewerProtocolPolicy: "https-only",
      allowedMethods: ["GET", "HEAD", "OPTIONS", "PUT", "PATCH", "POST", "DELETE"],
      cachedMethods: ["GET", "HEAD", "OPTIONS"],
      compress: true,
    });
  });

  it("CF-J-01: comes in the template's order, the default one last", () => {
    const behavior = (PathPattern: string): Json => ({
      PathPattern,
      TargetOriginId: "site",
      ViewerProtocolPolicy: "allow-all",
      CachePolicyId: cachingOptimized,
    });
    const { distribution } = loadTemplate({
      config: { CacheBehaviors: [behavior("images/*.jpg"), behavior("/api/*")] },
    });
    expect(distribution.cacheBehaviors.map(({ pathPattern }) => pathPattern)).toEqual([
      "images/*.jpg",
      "/api/*",
      "*",
    ]);
  });

  it("has managed policies in the place of those that no template has", () => {
    const elsewhere = {
      CachePolicyId: "00000000-0000-0000-0000-000000000000",
      OriginRequestPolicyId: "11111111-0000-0000-0000-000000000000",
      ResponseHeadersPolicyId: "22222222-0000-0000-0000-000000000000",
    };
    const values: Record<string, string> = {};
    for (const id of Object.values(elsewhere)) {
      const message = refusalOf(() => loadTemplate({ behavior: elsewhere }, { values }));
      const [, given, managed] = /Pass --value (\S+)=([^\s,]+),/.exec(message) ?? [];
      expect(given).toBe(id);
      values[id] = managed ?? "";
    }
    const { distribution, warnings } = loadTemplate({ behavior: elsewhere }, { values });
    expect(distribution.cacheBehaviors[0]).toMatchObject({
      cachePolicy: { name: "CachingOptimized" },
      originRequestPolicy: { name: "AllViewerExceptHostHeader" },
      responseHeadersPolicy: { name: "SecurityHeadersPolicy" },
    });
    expect(warnings).toEqual([]);
  });

  it("LE-A-36, CF-J-06: is refused where CloudFront refuses it", () => {
    expect(
      refusalsOf<Json>(
        {
          "an unknown origin": { TargetOriginId: "other" },
          "no viewer protocol policy": { ViewerProtocolPolicy: undefined },
          "an odd set of methods": { AllowedMethods: ["GET", "POST"] },
          "a method twice": { AllowedMethods: ["GET", "GET"] },
          "cached methods that are never cached": { CachedMethods: ["GET", "HEAD", "POST"] },
          "no cache policy": { CachePolicyId: undefined },
          "an unknown cache policy": { CachePolicyId: "00000000-0000-0000-0000-000000000000" },
          "an unknown origin request policy": { OriginRequestPolicyId: "other" },
          "an unknown response headers policy": { ResponseHeadersPolicyId: "other" },
        },
        (behavior) => behaviorOf(behavior),
      ),
    ).toMatchInlineSnapshot(`
      {
        "a method twice": "Distribution.DistributionConfig.DefaultCacheBehavior.AllowedMethods is not a set of methods that CloudFront has: got ["GET","GET"]. Allowed are GET,HEAD or GET,HEAD,OPTIONS or GET,HEAD,OPTIONS,PUT,PATCH,POST,DELETE. [LE-A-36]",
        "an odd set of methods": "Distribution.DistributionConfig.DefaultCacheBehavior.AllowedMethods is not a set of methods that CloudFront has: got ["GET","POST"]. Allowed are GET,HEAD or GET,HEAD,OPTIONS or GET,HEAD,OPTIONS,PUT,PATCH,POST,DELETE. [LE-A-36]",
        "an unknown cache policy": "Distribution.DistributionConfig.DefaultCacheBehavior.CachePolicyId is the id of no managed policy, and of no policy in the assembly: got "00000000-0000-0000-0000-000000000000". Pass --value 00000000-0000-0000-0000-000000000000=658327ea-f89d-4fab-a63d-7e88639e58f6, or the id of another managed policy that stands in for it, or put the AWS::CloudFront::CachePolicy into the same template.",
        "an unknown origin": "Distribution.DistributionConfig.DefaultCacheBehavior.TargetOriginId is the id of no origin and no origin group: got "other". Known are "site".",
        "an unknown origin request policy": "Distribution.DistributionConfig.DefaultCacheBehavior.OriginRequestPolicyId is the id of no managed policy, and of no policy in the assembly: got "other". Pass --value other=b689b0a8-53d0-40ab-baf2-68738e2966ac, or the id of another managed policy that stands in for it, or put the AWS::CloudFront::OriginRequestPolicy into the same template.",
        "an unknown response headers policy": "Distribution.DistributionConfig.DefaultCacheBehavior.ResponseHeadersPolicyId is the id of no managed policy, and of no policy in the assembly: got "other". Pass --value other=67f7725c-6f97-4210-82d7-5512b31e9d03, or the id of another managed policy that stands in for it, or put the AWS::CloudFront::ResponseHeadersPolicy into the same template.",
        "cached methods that are never cached": "Distribution.DistributionConfig.DefaultCacheBehavior.CachedMethods is not a set of methods that CloudFront has: got ["GET","HEAD","POST"]. Allowed are GET,HEAD or GET,HEAD,OPTIONS. [LE-A-36]",
        "no cache policy": "Distribution.DistributionConfig.DefaultCacheBehavior.CachePolicyId is missing, and so are the legacy ForwardedValues: got nothing. Name a cache policy, as in 658327ea-f89d-4fab-a63d-7e88639e58f6 (CachingOptimized).",
        "no viewer protocol policy": "Distribution.DistributionConfig.DefaultCacheBehavior.ViewerProtocolPolicy must be one of "allow-all", "https-only", "redirect-to-https": got nothing.",
      }
    `);
    expect(
      refusalsOf<string | undefined>(
        {
          "an empty path pattern": "",
          "a long path pattern": "a".repeat(256),
          "a path pattern with a space": "/a b",
          "no path pattern": undefined,
        },
        (PathPattern) =>
          loadTemplate({
            config: {
              CacheBehaviors: [
                {
                  PathPattern,
                  TargetOriginId: "site",
                  ViewerProtocolPolicy: "allow-all",
                  CachePolicyId: cachingOptimized,
                },
              ],
            },
          }),
      ),
    ).toMatchInlineSnapshot(`
      {
        "a long path pattern": "Distribution.DistributionConfig.CacheBehaviors[0].PathPattern is longer than 255 characters: got "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.... Allowed are up to 255 of A-Z a-z 0-9 and _ - . * $ / ~ " ' @ : + & ?. [CF-J-06]",
        "a path pattern with a space": "Distribution.DistributionConfig.CacheBehaviors[0].PathPattern holds a character that path patterns may not have: got "/a b". Allowed are up to 255 of A-Z a-z 0-9 and _ - . * $ / ~ " ' @ : + & ?. [CF-J-06]",
        "an empty path pattern": "Distribution.DistributionConfig.CacheBehaviors[0].PathPattern must not be empty: got "". Allowed are up to 255 of A-Z a-z 0-9 and _ - . * $ / ~ " ' @ : + & ?. [CF-J-06]",
        "no path pattern": "Distribution.DistributionConfig.CacheBehaviors[0].PathPattern must be a string: got nothing.",
      }
    `);
  });
});

describe("policies of the template", () => {
  it("a cache policy is resolved", () => {
    const resources = {
      Policy: {
        Type: "AWS::CloudFront::CachePolicy",
        Properties: {
          CachePolicyConfig: {
            Name: "documents",
            MinTTL: 1,
            DefaultTTL: 60,
            MaxTTL: 3600,
            ParametersInCacheKeyAndForwardedToOrigin: {
              EnableAcceptEncodingGzip: true,
              EnableAcceptEncodingBrotli: false,
              HeadersConfig: { HeaderBehavior: "whitelist", Headers: ["Accept-Language"] },
              CookiesConfig: { CookieBehavior: "allExcept", Cookies: ["session"] },
              QueryStringsConfig: { QueryStringBehavior: "whitelist", QueryStrings: ["Page"] },
            },
          },
        },
      },
    };
    expect(behaviorOf({ CachePolicyId: { Ref: "Policy" } }, resources)?.cachePolicy).toEqual({
      id: "Policy",
      name: "documents",
      minTtlSeconds: 1,
      defaultTtlSeconds: 60,
      maxTtlSeconds: 3600,
      enableAcceptEncodingGzip: true,
      enableAcceptEncodingBrotli: false,
      headers: { behavior: "whitelist", names: ["accept-language"] },
      cookies: { behavior: "allExcept", names: ["session"] },
      queryStrings: { behavior: "whitelist", names: ["Page"] },
    });
  });

  it.each([
    ["without TTLs", {}, [0, 86_400, 31_536_000]],
    ["with a minimum above the default TTL", { MinTTL: 100_000 }, [100_000, 100_000, 31_536_000]],
    ["with all TTLs 0", { MinTTL: 0, DefaultTTL: 0, MaxTTL: 0 }, [0, 0, 0]],
  ])("CF-G-14: a cache policy %s has the TTLs of CloudFront", (_name, ttls, expected) => {
    const policy = behaviorOf({ CachePolicyId: { Ref: "Policy" } }, policyWith(ttls))?.cachePolicy;
    expect([policy?.minTtlSeconds, policy?.defaultTtlSeconds, policy?.maxTtlSeconds]).toEqual(
      expected,
    );
  });

  it("a cache policy whose minimum TTL is above its maximum TTL is refused", () => {
    expect(() =>
      behaviorOf({ CachePolicyId: { Ref: "Policy" } }, policyWith({ MinTTL: 60, MaxTTL: 10 })),
    ).toThrow("Policy.CachePolicyConfig.MaxTTL must not be below MinTTL: got 10. MinTTL is 60.");
  });

  it("CF-G-10, CF-G-14: a default TTL that a deployment refuses is warned of", () => {
    const warningsOf = (ttls: Json) =>
      loadTemplate({
        behavior: { CachePolicyId: { Ref: "Policy" } },
        resources: policyWith(ttls),
      }).warnings;
    expect(warningsOf({ MinTTL: 60, DefaultTTL: 60, MaxTTL: 60 })).toEqual([]);
    const subject = "Policy.CachePolicyConfig.DefaultTTL";
    expect(warningsOf({ MinTTL: 60, DefaultTTL: 10 })).toEqual([
      {
        subject,
        message:
          "It is below MinTTL (60), which a deployment refuses as InvalidTTLOrder: got 10. Here the greater of the two holds.",
      },
    ]);
    expect(warningsOf({ DefaultTTL: 60, MaxTTL: 10 })).toEqual([
      {
        subject,
        message:
          "It is above MaxTTL (10), which a deployment refuses as InvalidTTLOrder: got 60. Here MaxTTL bounds what headers ask for, not DefaultTTL.",
      },
    ]);
  });

  it.each<[string, Json, Json]>([
    ["none", {}, { behavior: "none" }],
    ["allViewer", {}, { behavior: "allViewer" }],
    ["whitelist", { Headers: ["Origin"] }, { behavior: "whitelist", names: ["origin"] }],
    ["allExcept", { Headers: ["Host"] }, { behavior: "allExcept", names: ["host"] }],
    [
      "allViewerAndWhitelistCloudFront",
      { Headers: ["CloudFront-Viewer-Country"] },
      { behavior: "allViewerAndWhitelistCloudFront", names: ["cloudfront-viewer-country"] },
    ],
  ])("an origin request policy has the headers of %s", (HeaderBehavior, names, headers) => {
    const resources = {
      Policy: {
        Type: "AWS::CloudFront::OriginRequestPolicy",
        Properties: {
          OriginRequestPolicyConfig: {
            Name: "forward",
            HeadersConfig: { HeaderBehavior, ...names },
            CookiesConfig: { CookieBehavior: "whitelist", Cookies: ["a"] },
            QueryStringsConfig: { QueryStringBehavior: "all" },
          },
        },
      },
    };
    const behavior = behaviorOf({ OriginRequestPolicyId: { Ref: "Policy" } }, resources);
    expect(behavior?.originRequestPolicy).toEqual({
      id: "Policy",
      name: "forward",
      headers,
      cookies: { behavior: "whitelist", names: ["a"] },
      queryStrings: { behavior: "all" },
    });
  });
});
