import { compileCacheHeaders } from "cache-headers";
import { LocalCloudFront } from "local-cloudfront";
import { compileLocale } from "locale";
import { compileSecurityHeaders } from "security-headers";
import { compileSpaRewrite } from "spa-rewrite";
import { describe, expect, it, onTestFinished } from "vitest";
import { SiteInFolder } from "./site-in-folder.ts";
import { synthesized } from "./synthesized.ts";

const files = ["en/index.html", "de/index.html", "de/about.html", "assets/index-BkX3f_Ab.js"];
const locale = { package: "locale", config: compileLocale({ locales: ["en", "de"] }) };
const rewrite = {
  package: "spa-rewrite",
  config: compileSpaRewrite({ routes: ["/de/*", "/en/*"] }),
};
const headers = {
  package: "security-headers",
  config: compileSecurityHeaders({ eventType: "origin-response" }),
};
const lifetimes = {
  package: "cache-headers",
  config: compileCacheHeaders({
    rules: [{ contentTypes: ["text/html"], edgeTtlSeconds: 600 }],
    removeHeaders: ["x-amz-*"],
  }),
};
const german = { "accept-language": "de-AT, en;q=0.1", accept: "text/html" };

describe("a site in two languages", () => {
  it.each(["lambda-edge", "cloudfront-function"] as const)(
    "leads viewers to the routes of theirs, on %s",
    async (engine) => {
      using site = new SiteInFolder(files);
      const changes = { engine, functions: [locale, rewrite] };
      expect(site.messages(changes)).toEqual([]);
      expect(
        await site.answers(changes, [
          { uri: "/notes/1?a=1", headers: german },
          { uri: "/de/notes/1", headers: german },
          { uri: "/de/about", headers: german },
          { uri: "/about", headers: { ...german, "user-agent": "Googlebot/2.1" } },
          { uri: "/assets/index-BkX3f_Ab.js", headers: german },
          "/",
          "/en/",
        ]),
      ).toEqual([
        "302 /de/notes/1?a=1",
        "200 index.html",
        "200 de/about.html",
        "200 index.html",
        "200 assets/index-BkX3f_Ab.js",
        "302 /en/",
        "200 en/index.html",
      ]);
    },
  );

  it("is told where the routes come first, and which language has no page", () => {
    using site = new SiteInFolder(["en/index.html"]);
    const config = compileLocale({ locales: ["en", "de", "fr"] });
    const messages = site.messages({ functions: [rewrite, { package: "locale", config }] });
    expect(messages).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^spa-rewrite runs before locale/),
        expect.stringMatching(/no page: got "fr"/),
      ]),
    );
  });

  it("CF-G-02: that its origin negotiates needs Accept-Language in the cache key", () => {
    using site = new SiteInFolder(files);
    const config = compileLocale({ locales: ["en", "de"], mode: "header" });
    const functions = [{ package: "locale", config }];
    expect(site.messages({ functions })).toEqual([
      expect.stringMatching(/^Accept-Language is not in the cache key of "\*"/),
    ]);
    expect(site.messages({ functions, cacheKey: { headers: ["Accept-Language"] } })).toEqual([]);
  });
});

it.each(["lambda-edge", "cloudfront-function"] as const)(
  "pages under a path without a language vary by who asks for them, on %s",
  async (engine) => {
    using folder = new SiteInFolder(["de/about.html", "en/about.html", "de/a.css"]);
    const config = compileLocale({ locales: ["en", "de"], mode: "rewrite" });
    const functions = [
      { package: "locale", config },
      { package: "locale", config, eventType: "viewer-response" as const },
    ];
    const site = synthesized({ siteFolder: folder.folder, engine, functions });
    onTestFinished(() => site[Symbol.dispose]());
    const cloudfront = await LocalCloudFront.start({ assembly: site.assemblyFolder, port: 0 });
    onTestFinished(() => cloudfront.close());
    for (const language of ["de", "en"]) {
      const headers = { accept: "text/html", "accept-language": language };
      const page = await cloudfront.fetch("/about.html", { headers });
      expect(await page.text()).toBe(`${language}/about.html`);
      expect(page.headers.get("vary")).toMatch(/Accept-Language, Cookie$/);
    }
    const style = await cloudfront.fetch("/de/a.css");
    expect(style.headers.get("vary") ?? "").not.toMatch(/Cookie/);
  },
);

describe("cache-headers and security-headers at origin-response", () => {
  it("are one function, and what both set is cached", async () => {
    using folder = new SiteInFolder(files);
    const functions = [headers, lifetimes];
    const site = synthesized({ siteFolder: folder.folder, functions, notFoundPage: false });
    onTestFinished(() => site[Symbol.dispose]());
    site.template.resourceCountIs("AWS::Lambda::Function", 1);
    const cloudfront = await LocalCloudFront.start({ assembly: site.assemblyFolder, port: 0 });
    onTestFinished(() => cloudfront.close());
    for (const xCache of ["Miss", "Hit"]) {
      const page = await cloudfront.fetch("/");
      expect(page.headers.get("x-cache")).toBe(`${xCache} from cloudfront`);
      expect(page.headers.get("cache-control")).toBe("public, max-age=0, s-maxage=600");
      expect(page.headers.get("x-content-type-options")).toBe("nosniff");
      expect([...page.headers.keys()].filter((name) => name.startsWith("x-amz-meta"))).toEqual([]);
    }
    const missing = await cloudfront.fetch("/missing");
    expect(missing.headers.get("cache-control")).toBe("public, max-age=0, s-maxage=10");
    expect(missing.headers.get("x-content-type-options")).toBe("nosniff");
  });

  it("CF-G-08: is told of a lifetime beyond the site's cache policy", () => {
    using site = new SiteInFolder(files);
    const config = compileCacheHeaders({ rules: [{ edgeTtlSeconds: 90_000 }] });
    expect(site.messages({ functions: [{ package: "cache-headers", config }] })).toEqual([
      expect.stringMatching(/^rules\[0\] keeps responses for 90000 s, .*"\*" for 86400 s at most/),
    ]);
  });

  it("LE-A-30: does not run as a CloudFront Function", () => {
    using site = new SiteInFolder(files);
    const functions = [{ ...lifetimes, engine: "cloudfront-function" as const }];
    expect(site.messages({ functions })).toEqual([
      expect.stringContaining(
        "CloudFront Functions run at viewer events only, and it runs at origin-response",
      ),
    ]);
  });
});
