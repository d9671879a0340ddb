import { describe, expect, it } from "vitest";
import { browserHeaders } from "../../test/support.ts";
import { compileSpaRewrite } from "../compile/compile-spa-rewrite.ts";
import { exampleRequests } from "./example-requests.ts";
import { explainSpaRewrite } from "./explain-spa-rewrite.ts";

const compiled = compileSpaRewrite({
  routes: ["/notes/:id(\\d+)", "/:lang(de|en)/about", "/files/:name"],
  dottedPaths: ["/files/:name"],
  apps: [{ prefix: "/admin" }, { prefix: "/shop", routes: ["/shop/:item"] }],
  siteFiles: ["index.html", "admin/index.html", "shop/index.html", "about.html"],
  trailingSlash: "remove",
});

describe("explainSpaRewrite", () => {
  it.each([
    ["/notes/1", "routes[0]", 'The path matches "/notes/:id(\\\\d+)".'],
    ["/de/about", "routes[1]", 'The path matches "/:lang(de|en)/about".'],
    ["/files/a.b", "routes[2]", 'The path matches "/files/:name".'],
    ["/admin/x", "apps[0].mode", "Every navigation in /admin/* gets /admin/index.html."],
    ["/shop/1", "apps[1].routes[0]", 'The path matches "/shop/:item".'],
    ["/shop/1/2", "apps[1].routes", "The path matches no route."],
    ["/about", "siteFiles", "The path is a file or page that the site has: /about.html."],
    ["/", "siteFiles", "The path is a document's own path: /index.html."],
    ["/about/", "trailingSlash", "The page's path does not end in a slash."],
    ["/missing", "routes", "The path matches no route."],
    [
      "/missing.js",
      "dottedPaths",
      "The last segment names a file, and no route or dotted path says otherwise.",
    ],
    ["/api/x", "exclude[0]", 'The path is "/api" or below it.'],
    ["/.env", "dotFiles", "A segment of the path begins with a dot."],
    ["/50%", "uri", "The percent-encoding is malformed, so the path has no meaning."],
    ["x", "uri", 'The path does not begin with "/".'],
  ])("%s: %s", (uri, rule, reason) => {
    expect(explainSpaRewrite(compiled, { uri, headers: browserHeaders.navigation })).toMatchObject({
      rule,
      reason,
    });
  });

  it("names the method and the headers where they decide", () => {
    expect(explainSpaRewrite(compiled, { uri: "/notes/1", method: "POST" })).toEqual({
      rule: "method",
      reason: "POST asks for no page: only GET and HEAD do.",
      result: { kind: "pass" },
    });
    expect(
      explainSpaRewrite(compiled, { uri: "/notes/1", headers: browserHeaders.script }),
    ).toEqual({
      rule: "accept",
      reason:
        "The path is a page, but the viewer does not ask for one: see its Accept and Sec-Fetch-Dest headers.",
      result: { kind: "pass" },
    });
    expect(explainSpaRewrite(compiled, "/files/a.js")).toMatchObject({
      rule: "accept",
      reason:
        "The path is a page, but looks like an asset, and the viewer does not ask for HTML by name.",
    });
  });

  it("takes a uri with its query string", () => {
    expect(explainSpaRewrite(compiled, "/notes/1/?a=1").result).toEqual({
      kind: "redirect",
      status: "301",
      location: "/notes/1?a=1",
    });
  });
});

describe("exampleRequests", () => {
  it.each(exampleRequests(compiled).map((each) => [each.rule, each.uri, each.explanation.rule]))(
    "%s decides on %s",
    (rule, _uri, decidedBy) => {
      expect(decidedBy).toBe(rule === "exclude[1]" ? "dotFiles" : rule);
    },
  );

  it("has one for each rule", () => {
    expect(exampleRequests(compiled).map(({ rule, uri }) => `${rule} ${uri}`)).toEqual([
      "apps[0].mode /admin/x",
      "apps[1].routes[0] /shop/x",
      "routes[0] /notes/1",
      "routes[1] /de/about",
      "routes[2] /files/x",
      "exclude[0] /api",
      "exclude[1] /.well-known",
    ]);
  });
});
