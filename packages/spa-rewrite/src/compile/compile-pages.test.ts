import { describe, expect, it } from "vitest";
import { eventHeaders } from "../../test/support.ts";
import { compileSpaRewrite } from "./compile-spa-rewrite.ts";
import { decideSpaRewrite } from "../decide-spa-rewrite.ts";
import type { SpaRewriteOptions } from "./spa-rewrite-options.ts";

const siteFiles = [
  "index.html",
  "about.html",
  "docs/index.html",
  "both.html",
  "both/index.html",
  "api/index.html",
  "caf\u00e9/a b+c.html",
  "users/photo.jpg",
  "assets/app.js",
  "LICENSE",
];

function outcome(options: SpaRewriteOptions, uri: string, headers = eventHeaders()) {
  const decision = decideSpaRewrite(compileSpaRewrite(options), { uri, headers });
  return decision.kind === "rewrite" ? decision.uri : `${decision.kind}`;
}

describe("the files of the site", () => {
  const options = { mode: "fallback", siteFiles, dottedPaths: ["/users/:name"] } as const;

  it.each([
    ["/", "/index.html"],
    ["/about", "/about.html"],
    ["/about/", "/about.html"],
    ["/%61bout", "/about.html"],
    ["/docs", "/docs/index.html"],
    ["/docs/", "/docs/index.html"],
    ["/both", "/both.html"],
    ["/both/", "/both/index.html"],
    ["/caf%C3%A9/a%20b+c", "/caf%C3%A9/a%20b%2Bc.html"],
    ["/LICENSE", "pass"],
    ["/LICENSE/", "/index.html"],
    ["/about.html", "pass"],
    ["/docs/index.html", "pass"],
    ["/users/photo.jpg", "pass"],
    ["/users/jane.doe", "/index.html"],
    ["/assets/app.js", "pass"],
    ["/assets/app-old.js", "pass"],
    ["/docs/intro", "/index.html"],
    ["/About", "/index.html"],
    ["/index.html/", "/index.html"],
    ["/api", "pass"],
  ])("%s becomes %s", (uri, expected) => {
    expect(outcome(options, uri)).toBe(expected);
  });

  it("are served whoever asks, since they exist", () => {
    const json = eventHeaders({ accept: "application/json", "sec-fetch-dest": "empty" });
    expect(outcome(options, "/about", json)).toBe("/about.html");
    expect(outcome(options, "/missing", json)).toBe("pass");
  });

  it("have no clean URLs where the option says so", () => {
    const plain = { ...options, cleanUrls: false };
    expect(outcome(plain, "/about")).toBe("/index.html");
    expect(outcome(plain, "/LICENSE")).toBe("pass");
  });

  it("may be all that is known: without routes there is no document", () => {
    expect(outcome({ siteFiles }, "/about")).toBe("/about.html");
    expect(outcome({ siteFiles }, "/missing")).toBe("pass");
  });

  it("need an entry only where a rule would take them for a page", () => {
    const { pages } = compileSpaRewrite(options);
    expect(Object.keys(pages).toSorted()).toEqual(
      [
        "/",
        "/LICENSE",
        "/about/",
        "/both",
        "/both/",
        "/caf\u00e9/a b+c/",
        "/docs/",
        "/users/photo.jpg",
      ].toSorted(),
    );
  });

  it("do not depend on their order", () => {
    const reversed = { ...options, siteFiles: siteFiles.toReversed() };
    expect(compileSpaRewrite(reversed)).toEqual(compileSpaRewrite(options));
  });
});

describe("pre-rendered pages", () => {
  const options = { mode: "fallback", pages: { "/pricing": "/static/pricing.html" } } as const;

  it.each([
    ["/pricing", "/static/pricing.html"],
    ["/pricing/", "/static/pricing.html"],
    ["/pricing/x", "/index.html"],
    ["/static/pricing.html", "pass"],
  ])("%s becomes %s", (uri, expected) => {
    expect(outcome(options, uri)).toBe(expected);
  });

  it("come before a route with the same path", () => {
    const withRoute = { routes: ["/pricing", "/:file.html"], pages: options.pages };
    expect(outcome(withRoute, "/pricing")).toBe("/static/pricing.html");
  });
});

describe("compileSpaRewrite refuses", () => {
  it.each([
    [
      { routes: ["/a"], siteFiles: ["indx.html"] },
      'document names a file that siteFiles does not have: got "/index.html". Did you mean /indx.html?',
    ],
    [
      { routes: ["/a"], siteFiles: ["index.html"], apps: [{ prefix: "/administration" }] },
      'apps[0].document names a file that siteFiles does not have: got "/administration/index.html". Build the site first.',
    ],
    [
      { siteFiles: ["index.html"], pages: { "/x": "/x.html" } },
      'pages["/x"] names a file that siteFiles does not have: got "/x.html". Build the site first.',
    ],
  ])("a document that the site does not have: %j", (options, message) => {
    expect(() => compileSpaRewrite(options)).toThrow(
      expect.objectContaining({ code: "INVALID_DOCUMENT", message }),
    );
  });

  it("more pages than fit beside a viewer-request function (LE-E-02)", () => {
    const many = Array.from(
      { length: 20_000 },
      (_each, index) => `articles/about/${index}/index.html`,
    );
    expect(() => compileSpaRewrite({ siteFiles: many })).toThrow(
      expect.objectContaining({
        code: "TOO_MANY_PAGES",
        message: expect.stringMatching(
          /^siteFiles has too many pages for a viewer-request function: got 20000 pages, \d+ bytes\. At most 524288 bytes fit: set cleanUrls to false, or leave files out\.$/,
        ),
      }),
    );
  });
});
