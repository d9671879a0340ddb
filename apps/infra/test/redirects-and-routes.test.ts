import { describe, expect, it } from "vitest";
import { away, old, redirects, rewrite } from "./mistakes/mistake.ts";
import { rulesAsAWhole } from "./mistakes/rules-as-a-whole.ts";
import { takenRequests } from "./mistakes/taken-requests.ts";
import { unseenValues } from "./mistakes/unseen-values.ts";
import { SiteInFolder } from "./site-in-folder.ts";

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
});
