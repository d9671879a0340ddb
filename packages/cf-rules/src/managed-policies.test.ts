import { describe, expect, it } from "vitest";
import data from "./managed-policies.json" with { type: "json" };
import { managedCachePolicy, managedOriginRequestPolicy } from "./managed-policies.ts";

describe("CF-G-39: managed cache policies", () => {
  it.each([
    ["658327ea-f89d-4fab-a63d-7e88639e58f6", "CachingOptimized", [1, 86_400, 31_536_000]],
    [
      "b2884449-e4de-46a7-ac36-70bc7f1ddd6d",
      "CachingOptimizedForUncompressedObjects",
      [1, 86_400, 31_536_000],
    ],
    ["4135ea2d-6df8-44a3-9df3-4b5a84be39ad", "CachingDisabled", [0, 0, 0]],
    ["2e54312d-136d-493c-8eb9-b001f22f67d2", "Amplify", [2, 2, 600]],
    ["08627262-05a9-4f76-9ded-b50ca2e3a84f", "Elemental-MediaPackage", [0, 86_400, 31_536_000]],
    ["83da9c7e-98b4-4e11-a168-04f0df8e2c65", "UseOriginCacheControlHeaders", [0, 0, 31_536_000]],
    [
      "4cc15a8a-d715-48a4-82b8-cc0b614638fe",
      "UseOriginCacheControlHeaders-QueryStrings",
      [0, 0, 31_536_000],
    ],
  ])("%s is %s", (id, name, ttls) => {
    const policy = managedCachePolicy(id);
    expect(policy?.name).toBe(name);
    expect([policy?.minTtlSeconds, policy?.defaultTtlSeconds, policy?.maxTtlSeconds]).toEqual(ttls);
  });

  it("CachingOptimized keys by the encodings alone", () => {
    expect(managedCachePolicy("658327ea-f89d-4fab-a63d-7e88639e58f6")).toMatchObject({
      enableAcceptEncodingGzip: true,
      enableAcceptEncodingBrotli: true,
      headers: { behavior: "none" },
      cookies: { behavior: "none" },
      queryStrings: { behavior: "none" },
    });
  });
});

describe("managed origin request policies", () => {
  it.each([
    ["216adef6-5c7f-47e4-b989-5492eafa07d3", "AllViewer", { behavior: "allViewer" }, "all"],
    [
      "b689b0a8-53d0-40ab-baf2-68738e2966ac",
      "AllViewerExceptHostHeader",
      { behavior: "allExcept", names: ["host"] },
      "all",
    ],
    [
      "59781a5b-3903-41f3-afcb-af62929ccde1",
      "CORS-CustomOrigin",
      { behavior: "whitelist", names: ["origin"] },
      "none",
    ],
    [
      "88a5eaf4-2fd4-4709-b370-b4c650ea3fcf",
      "CORS-S3Origin",
      {
        behavior: "whitelist",
        names: ["origin", "access-control-request-headers", "access-control-request-method"],
      },
      "none",
    ],
    [
      "bf0718e1-ba1e-49d1-88b1-f726733018ae",
      "HostHeaderOnly",
      { behavior: "whitelist", names: ["host"] },
      "none",
    ],
    [
      "acba4595-bd28-49b8-b9fe-13317c0390fa",
      "UserAgentRefererHeaders",
      { behavior: "whitelist", names: ["user-agent", "referer"] },
      "none",
    ],
  ])("%s is %s", (id, name, headers, rest) => {
    expect(managedOriginRequestPolicy(id)).toEqual({
      id,
      name,
      headers,
      cookies: { behavior: rest },
      queryStrings: { behavior: rest },
    });
  });

  it("AllViewerAndCloudFrontHeaders-2022-06 adds 21 headers of CloudFront", () => {
    const policy = managedOriginRequestPolicy("33f36d7e-f396-46d9-90e0-52428a34d9dc");
    expect(policy?.headers).toMatchObject({ behavior: "allViewerAndWhitelistCloudFront" });
    const names = policy !== undefined && "names" in policy.headers ? policy.headers.names : [];
    expect(names).toHaveLength(21);
    expect(names).toContain("cloudfront-viewer-country");
  });
});

describe("the data of managed policies", () => {
  const selections = ["none", "whitelist", "allExcept", "all"];
  const headerBehaviors = [...selections, "allViewer", "allViewerAndWhitelistCloudFront"];

  it("has the shape of the model, with lower-case header names", () => {
    for (const policy of [...data.cachePolicies, ...data.originRequestPolicies]) {
      expect(headerBehaviors).toContain(policy.headers.behavior);
      expect(selections).toContain(policy.cookies.behavior);
      expect(selections).toContain(policy.queryStrings.behavior);
      const names = "names" in policy.headers ? (policy.headers.names ?? []) : [];
      expect(names).toEqual(names.map((name) => name.toLowerCase()));
    }
  });

  it("knows no other ids", () => {
    expect(managedCachePolicy("other")).toBeUndefined();
    expect(managedOriginRequestPolicy("other")).toBeUndefined();
  });
});
