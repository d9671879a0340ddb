import { startFunction } from "edge-function-testing";
import { describe, expect, it } from "vitest";
import { compileLocale } from "locale";

const packageFolder = `${import.meta.dirname}/..`;
const locales = ["en", "de"];
const files = { "en/about": "hello", "de/about": "hallo", about: "either" };
const cachePolicy = {
  CachePolicy: {
    Type: "AWS::CloudFront::CachePolicy",
    Properties: {
      CachePolicyConfig: {
        Name: "by-language",
        MinTTL: 0,
        DefaultTTL: 60,
        MaxTTL: 60,
        ParametersInCacheKeyAndForwardedToOrigin: {
          EnableAcceptEncodingGzip: false,
          HeadersConfig: { HeaderBehavior: "whitelist", Headers: ["Accept-Language"] },
          CookiesConfig: { CookieBehavior: "none" },
          QueryStringsConfig: { QueryStringBehavior: "none" },
        },
      },
    },
  },
};

describe.each(["lambda-edge", "cloudfront-function"] as const)("locale as %s", (engine) => {
  it("leads a viewer to the page in the viewer's language, and there it ends", async () => {
    const compiledOptions = compileLocale({ locales });
    const cloudfront = await startFunction({ packageFolder, engine, compiledOptions, files });
    const headers = { "accept-language": "de-AT", accept: "text/html" };
    const first = await cloudfront.fetch("/about?a=1", { headers, redirect: "manual" });
    expect([first.status, first.headers.get("location")]).toEqual([302, "/de/about?a=1"]);
    const page = await cloudfront.fetch("/de/about?a=1", { headers, redirect: "manual" });
    expect([page.status, await page.text()]).toEqual([200, "hallo"]);
  });

  it("CF-G-02: gives each language one object in the cache, however viewers ask for it", async () => {
    const compiledOptions = compileLocale({ locales, mode: "header" });
    const cacheBehavior = { CachePolicyId: { Ref: "CachePolicy" } };
    const started = { packageFolder, engine, compiledOptions, files, resources: cachePolicy };
    const cloudfront = await startFunction({ ...started, cacheBehavior });
    const xCaches: (string | null)[] = [];
    for (const language of ["de", "de-CH,en;q=0.1", "DE;q=0.9", "en", "fr", "de-AT-1901"]) {
      const response = await cloudfront.fetch("/about", {
        headers: { "accept-language": language },
      });
      expect(await response.text()).toBe("either");
      xCaches.push(response.headers.get("x-cache"));
    }
    expect(xCaches.map((each) => each?.split(" ")[0])).toEqual([
      "Miss",
      "Hit",
      "Hit",
      "Miss",
      "Hit",
      "Hit",
    ]);
  });

  it("serves the page of the language under the path without one", async () => {
    const compiledOptions = compileLocale({ locales, mode: "rewrite" });
    const cloudfront = await startFunction({ packageFolder, engine, compiledOptions, files });
    const headers = { "accept-language": "de" };
    expect(await (await cloudfront.fetch("/about", { headers })).text()).toBe("hallo");
    expect(await (await cloudfront.fetch("/about")).text()).toBe("hello");
  });
});
