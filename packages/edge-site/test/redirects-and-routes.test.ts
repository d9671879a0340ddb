import type { RedirectRule } from "secret-redirect";
import { describe, expect, it } from "vitest";
import { away, old, redirects, rewrite } from "./mistakes/mistake.ts";
import { rulesAsAWhole } from "./mistakes/rules-as-a-whole.ts";
import { takenRequests } from "./mistakes/taken-requests.ts";
import { unseenValues } from "./mistakes/unseen-values.ts";
import { SiteInFolder } from "./site-in-folder.ts";
import { synthesized } from "./synthesized.ts";

const files = ["about/index.html", "LICENSE", "feed", "docs/guide.html", "assets/app.js"];

describe("what synth says of redirects and routes is followed, and is said no more", () => {
  it.each([...takenRequests, ...unseenValues, ...rulesAsAWhole])(
    "$name",
    async ({ wrong, message, remedies }) => {
      using site = new SiteInFolder(files);
      expect(site.messages(wrong)).toEqual(
        expect.arrayContaining([expect.stringMatching(message) as unknown]),
      );
      for (const { right, request, answer } of remedies) {
        expect(site.messages(right)).toEqual([]);
        if (request === undefined) continue;
        expect(await site.answers(right, [request])).toEqual([answer]);
      }
    },
  );
});

describe("a site with an app, redirects and files", () => {
  it("is told the truth: what is said never to fire is answered with the app", async () => {
    using site = new SiteInFolder(files);
    const routes = rewrite({ routes: ["/notes/:id(\\d+)"] });
    const changes = { functions: [routes, redirects([old("/notes/:name")])] };
    expect(await site.answers(changes, ["/notes/1", "/notes/x"])).toEqual([
      "200 index.html",
      `302 ${away}`,
    ]);
  });

  it.each([{ mode: "fallback" }, { routes: ["/docs/*", "/LICENSE", "/feed", "/about"] }] as const)(
    "serves its own files under %j",
    async (options) => {
      using site = new SiteInFolder(files);
      const changes = { functions: [rewrite(options), redirects([old("/api/old")])] };
      expect(
        await site.answers(changes, [
          "/LICENSE",
          "/feed",
          "/about",
          "/docs/guide",
          "/docs/guide.html",
          "/docs/other",
          "/api/old",
          "/",
        ]),
      ).toEqual([
        "200 LICENSE",
        "200 feed",
        "200 about/index.html",
        "200 docs/guide.html",
        "200 docs/guide.html",
        "200 index.html",
        `302 ${away}`,
        "200 index.html",
      ]);
    },
  );

  it("lets the app have them where siteFiles is false", async () => {
    using site = new SiteInFolder(files);
    const changes = { functions: [rewrite({ mode: "fallback", siteFiles: false })] };
    expect(await site.answers(changes, ["/LICENSE", "/about/"])).toEqual([
      "200 index.html",
      "200 index.html",
    ]);
  });

  it("knows its own hosts, so that a redirect to one of them is followed", () => {
    const domain = {
      names: ["www.example.com", "example.com"],
      certificateArn: "arn:aws:acm:us-east-1:111122223333:certificate/1",
    };
    const synth = (rule: RedirectRule) => {
      using site = synthesized(
        { functions: [redirects([rule], { eventType: "viewer-request" })] },
        { domain },
      );
      return site.messages;
    };
    const to = "https://example.com/:splat";
    expect(() => synth({ from: "/*", to })).toThrow(/"\/\*" leads in a circle/);
    expect(synth({ from: "/*", to, conditions: { host: "www.example.com" } })).toEqual([]);
  });

  it.each(["lambda-edge", "cloudfront-function"] as const)(
    "has the redirects before the app on viewer-request, as %s",
    async (engine) => {
      using site = new SiteInFolder(files);
      const rules = [
        { from: "/", to: "/about/", conditions: { query: { start: "about" } } },
        { from: "/shop/:item", to: "https://shop.example/:item", query: "keep" as const },
        { from: "/www/*", to: "/:splat", conditions: { host: ["127.0.0.1", "localhost"] } },
      ];
      const changes = {
        engine,
        functions: [
          redirects(rules, { eventType: "viewer-request" }),
          rewrite({ mode: "fallback" }),
        ],
      };
      expect(site.messages(changes)).toEqual([]);
      expect(
        await site.answers(changes, [
          "/",
          "/?utm_source=mail&start=about",
          "/shop/42?utm_source=mail",
          "/www/notes/1",
          "/notes/1?utm_source=mail",
          "/feed",
        ]),
      ).toEqual([
        "200 index.html",
        "302 /about/",
        "302 https://shop.example/42?utm_source=mail",
        "302 /notes/1",
        "200 index.html",
        "200 feed",
      ]);
    },
  );
});
