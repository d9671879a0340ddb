import { describe, expect, it } from "vitest";
import { eventHeaders } from "../test/support.ts";
import { compileSpaRewrite } from "./compile/compile-spa-rewrite.ts";
import type { SpaRewriteOptions } from "./compile/spa-rewrite-options.ts";
import { decideSpaRewrite } from "./decide-spa-rewrite.ts";
import { withSiteFiles } from "./site-files.ts";

const siteFiles = [
  "index.html",
  "LICENSE",
  "feed",
  "about/index.html",
  "help.html",
  "docs/guide.html",
  "docs/index.html",
  "docs/CHANGELOG",
  "api/index.html",
  ".well-known/apple-app-site-association",
  "caf\u00e9",
  "assets/app.js",
];

function pagesOf(options: SpaRewriteOptions): readonly string[] {
  return Object.keys(withSiteFiles(compileSpaRewrite(options), siteFiles).pages).toSorted();
}

function served(options: SpaRewriteOptions, uri: string): string {
  const compiled = withSiteFiles(compileSpaRewrite(options), siteFiles);
  const decision = decideSpaRewrite(compiled, { uri, headers: eventHeaders() });
  return decision.kind === "rewrite" ? decision.uri : decision.kind === "pass" ? uri : "redirect";
}

describe("the files that synth knows", () => {
  it.each([
    ["/LICENSE", "/LICENSE"],
    ["/feed", "/feed"],
    ["/about/", "/about/index.html"],
    ["/about", "/about/index.html"],
    ["/help", "/help.html"],
    ["/docs", "/docs/index.html"],
    ["/caf%C3%A9", "/caf%C3%A9"],
    ["/assets/app.js", "/assets/app.js"],
    ["/notes/1", "/index.html"],
    ["/", "/index.html"],
    ["/api", "/api"],
  ])("are not hidden by the fallback: %s is served %s", (uri, expected) => {
    expect(served({ mode: "fallback" }, uri)).toBe(expected);
  });

  it("are not hidden by a route", () => {
    const options = { routes: ["/docs/*", "/about"] };
    expect(served(options, "/docs/guide")).toBe("/docs/guide.html");
    expect(served(options, "/docs/CHANGELOG")).toBe("/docs/CHANGELOG");
    expect(served(options, "/about")).toBe("/about/index.html");
    expect(served(options, "/docs/other")).toBe("/index.html");
  });

  it("are all pages with siteFiles true, and no rule is needed", () => {
    expect(pagesOf({ siteFiles: true })).toEqual([
      "/",
      "/about/",
      "/docs/",
      "/docs/guide/",
      "/help/",
    ]);
    expect(served({ siteFiles: true }, "/about")).toBe("/about/index.html");
    expect(served({ siteFiles: true }, "/help")).toBe("/help.html");
    expect(served({ siteFiles: true }, "/nowhere")).toBe("/nowhere");
    expect(served({ siteFiles: true, trailingSlash: "add" }, "/about")).toBe("redirect");
    expect(pagesOf({ siteFiles: true, cleanUrls: false })).toEqual([]);
  });

  it("are an entry only where a rule would serve something else", () => {
    expect(pagesOf({ routes: ["/notes/:id(\\d+)"] })).toEqual([]);
    expect(pagesOf({ routes: ["/docs/*"] })).toEqual(["/docs/", "/docs/CHANGELOG", "/docs/guide/"]);
    expect(pagesOf({ mode: "fallback" })).not.toContain("/");
  });

  it("have no clean URLs where the option says so", () => {
    expect(pagesOf({ mode: "fallback", cleanUrls: false })).toEqual([
      "/LICENSE",
      "/caf\u00e9",
      "/docs/CHANGELOG",
      "/feed",
    ]);
  });

  it("come behind the pages of the options", () => {
    const options = { mode: "fallback", pages: { "/about": "/help.html" } } as const;
    expect(served(options, "/about")).toBe("/help.html");
  });

  it.each([{ siteFiles: false }, { siteFiles: ["index.html"] }] as const)(
    "are not added beside %j",
    (given) => {
      expect(served({ mode: "fallback", ...given }, "/LICENSE")).toBe("/index.html");
    },
  );

  it("do not change what other synths add", () => {
    const compiled = compileSpaRewrite({ mode: "fallback" });
    const once = withSiteFiles(compiled, siteFiles);
    expect(withSiteFiles(once, siteFiles)).toEqual(once);
  });
});

describe("for a site", () => {
  it("without a document the options are refused", () => {
    const compiled = compileSpaRewrite({ mode: "fallback", document: "/app.html" });
    expect(() => withSiteFiles(compiled, siteFiles)).toThrow(
      expect.objectContaining({
        code: "INVALID_DOCUMENT",
        message:
          'document names a file that the site does not have: got "/app.html". Did you mean /help.html?',
      }),
    );
  });

  it("with too many hidden files they are refused, and siteFiles: false helps (LE-E-02)", () => {
    const many = Array.from(
      { length: 20_000 },
      (_, index) => `articles/number/${index}/index.html`,
    );
    const files = ["index.html", ...many];
    expect(() => withSiteFiles(compileSpaRewrite({ mode: "fallback" }), files)).toThrow(
      /^siteFiles has too many pages .* At most 524288 bytes fit: set siteFiles to false\.$/,
    );
    const without = compileSpaRewrite({ mode: "fallback", siteFiles: false });
    expect(withSiteFiles(without, files)).toBe(without);
  });
});
