import { compileSecretRedirect } from "secret-redirect";
import { describe, expect, it } from "vitest";
import { edgeConfig } from "./notes/edge.config.ts";
import { defineEdgeConfig } from "../src/config/edge-config.ts";
import { synthesized } from "./synthesized.ts";

const redirectByCountry = {
  package: "secret-redirect",
  config: compileSecretRedirect({
    rules: [{ from: "/shop", to: "/notes/1", conditions: { country: ["DE"] } }],
  }),
};
const functions = [
  ...edgeConfig.functions.filter(({ package: name }) => name !== "secret-redirect"),
  redirectByCountry,
];

describe("cacheKey", () => {
  it("CF-G-01: is in the cache policy of documents, so that a rule by country can work", () => {
    expect(() => synthesized({ functions })).toThrow(/CloudFront-Viewer-Country/i);
    using site = synthesized({
      functions,
      cacheKey: { headers: ["CloudFront-Viewer-Country"], cookies: ["lang"] },
    });
    site.template.hasResourceProperties("AWS::CloudFront::CachePolicy", {
      CachePolicyConfig: {
        ParametersInCacheKeyAndForwardedToOrigin: {
          HeadersConfig: { HeaderBehavior: "whitelist", Headers: ["CloudFront-Viewer-Country"] },
          CookiesConfig: { CookieBehavior: "whitelist", Cookies: ["lang"] },
          QueryStringsConfig: { QueryStringBehavior: "none" },
        },
      },
    });
  });

  it("takes all query strings and cookies", () => {
    using site = synthesized({ cacheKey: { queryStrings: "all", cookies: "all" } });
    site.template.hasResourceProperties("AWS::CloudFront::CachePolicy", {
      CachePolicyConfig: {
        ParametersInCacheKeyAndForwardedToOrigin: {
          CookiesConfig: { CookieBehavior: "all" },
          QueryStringsConfig: { QueryStringBehavior: "all" },
        },
      },
    });
  });

  it.each([
    [{ headers: "all" }, 'cacheKey.headers is not a list: got "all". Write it in square brackets.'],
    [{ header: [] }, "cacheKey.header is not a setting: got []. Did you mean headers?"],
    [
      { cookies: "lang" },
      'cacheKey.cookies is not a list: got "lang". Write it in square brackets.',
    ],
    [
      { headers: ["a b"] },
      'cacheKey.headers has no valid name: got "a b". Allowed: names, as in "lang".',
    ],
    [
      { queryStrings: Array.from({ length: 11 }, (_, index) => `q${index}`) },
      "cacheKey.queryStrings has too many names: got 11. Allowed: 10 at most.",
    ],
  ])("%j is refused", (cacheKey, message) => {
    const config = { stackName: "a", siteFolder: "b", functions: [], cacheKey };
    expect(() => defineEdgeConfig(config as never)).toThrow(message);
  });
});
