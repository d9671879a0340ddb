import { describe, expect, it } from "vitest";
import { compileSpaRewrite } from "./compile-spa-rewrite.ts";
import type { SpaRewriteOptions } from "./spa-rewrite-options.ts";
import { SpaRewriteOptionsError } from "../spa-rewrite-options-error.ts";

describe("compileSpaRewrite", () => {
  it("compiles all routes into one regular expression, without tests that no route can fail", () => {
    const { rules } = compileSpaRewrite({ routes: ["/notes/:id(\\d+)", "/notes/:id(\\d+)/edit"] });
    expect(rules).toEqual([
      { path: "^(?:/notes/\\d+(?:/edit)?)$", document: "/index.html", asked: "any" },
    ]);
  });

  it("yields plain JSON", () => {
    const compiled = compileSpaRewrite({
      mode: "fallback",
      apps: [{ prefix: "/admin" }],
      siteFiles: ["index.html", "admin/index.html"],
      trailingSlash: "add",
      dottedPaths: ["/:a"],
    });
    expect(JSON.parse(JSON.stringify(compiled))).toEqual(compiled);
  });

  it("does not look at the order or the identity of the options object, and does not change it", () => {
    const options = Object.freeze({ document: "/a.html", routes: Object.freeze(["/a"]) });
    expect(JSON.stringify(compileSpaRewrite(options))).toBe(
      JSON.stringify(compileSpaRewrite({ routes: ["/a"], document: "/a.html" })),
    );
  });

  it.each(["/index.html", "/app/index.html", "/a%20b.html", "/..html"])(
    "takes the document %s",
    (document) => {
      expect(compileSpaRewrite({ routes: ["/a"], document }).rules[0]).toHaveProperty(
        "document",
        document,
      );
    },
  );
});

const allowed =
  "Allowed: routes, document, mode, apps, locales, dottedPaths, exclude, dotFiles, siteFiles, cleanUrls, pages, trailingSlash, trailingSlashBy, redirectStatus, ignoreCase, logEvery.";
const noRoutes = 'Give at least one path, as in ["/notes/:id"].';

describe("compileSpaRewrite refuses", () => {
  it.each<[unknown, string, string]>([
    [undefined, "INVALID_TYPE", `The options are not an object: got nothing. ${allowed}`],
    [
      { route: ["/a"] },
      "UNKNOWN_OPTION",
      'route is not an option: got ["/a"]. Did you mean routes?',
    ],
    [
      { routes: ["/a"], fallback: true },
      "UNKNOWN_OPTION",
      `fallback is not an option: got true. ${allowed}`,
    ],
    [{}, "INVALID_TYPE", `routes is not a list of routes: got nothing. ${noRoutes}`],
    [{ routes: [] }, "INVALID_TYPE", `routes is not a list of routes: got []. ${noRoutes}`],
    [{ routes: "/a" }, "INVALID_TYPE", `routes is not a list of routes: got "/a". ${noRoutes}`],
    [
      { routes: ["/a", 7] },
      "INVALID_TYPE",
      'routes[1] is not a string: got 7. Give a path, as in "/notes/:id".',
    ],
    [
      { routes: ["/a", "b"] },
      "INVALID_ROUTE",
      'routes[1] does not start with "/": got "b". Write "/b".',
    ],
    [
      { routes: ["/a"], mode: "fallback" },
      "INVALID_VALUE",
      'routes stands beside the mode "fallback", which serves every navigation: got ["/a"]. Leave it out, or choose the mode "routes".',
    ],
    [
      { mode: "spa" },
      "INVALID_VALUE",
      'mode is not valid: got "spa". Allowed: "routes", "fallback".',
    ],
    [
      { routes: ["/a"], document: null },
      "INVALID_TYPE",
      'document is not a string: got null. Give the path of a file, as in "/index.html".',
    ],
    [
      { mode: "fallback", apps: {} },
      "INVALID_TYPE",
      'apps is not a list of apps: got {}. Write it in square brackets, as in [{"prefix": "/admin"}].',
    ],
    [
      { apps: [{ prefix: "admin" }] },
      "INVALID_VALUE",
      'apps[0].prefix is not a path in whole segments: got "admin". As in "/admin" or "/admin/*".',
    ],
    [
      { apps: [{ prefix: "/a" }, { prefix: "/a/*" }] },
      "INVALID_VALUE",
      'apps[1].prefix names a prefix twice: got "/a". Give each app its own.',
    ],
    [
      { apps: [{ prefix: "/a", route: [] }] },
      "UNKNOWN_OPTION",
      "apps[0].route is not an option: got []. Did you mean routes?",
    ],
    [
      { apps: [{ prefix: "/a", mode: "routes" }] },
      "INVALID_TYPE",
      `apps[0].routes is not a list of routes: got nothing. ${noRoutes}`,
    ],
    [
      { apps: [{ prefix: "/a", routes: ["/b"] }] },
      "INVALID_ROUTE",
      'apps[0].routes[0] lies outside of the prefix "/a": got "/b". Begin it with the prefix.',
    ],
    [
      { mode: "fallback", locales: ["de/at"] },
      "INVALID_VALUE",
      'locales[0] is not one segment: got "de/at". As in "de" or "pt-BR".',
    ],
    [
      { mode: "fallback", dottedPaths: "/a" },
      "INVALID_TYPE",
      'dottedPaths is not a list of strings: got "/a". Write it in square brackets, as in ["/users/:name"].',
    ],
    [
      { mode: "fallback", dottedPaths: ["a"] },
      "INVALID_ROUTE",
      'dottedPaths[0] does not start with "/": got "a". Write "/a".',
    ],
    [
      { mode: "fallback", exclude: ["/*a*"] },
      "INVALID_ROUTE",
      'exclude[0] is not linear in the path, since two of its parts can take the same text, so that a long path would take very long: got "/*a*". Give each part characters of its own, as in "/:from(\\\\d+)-:to(\\\\d+)".',
    ],
    [
      { mode: "fallback", dotFiles: 1 },
      "INVALID_VALUE",
      "dotFiles is not valid: got 1. Allowed: true, false.",
    ],
    [
      { siteFiles: [1] },
      "INVALID_TYPE",
      'siteFiles is not a list of strings: got [1]. Write it in square brackets, as in ["index.html"], or give true or false.',
    ],
    [
      { pages: { about: "/a.html" } },
      "INVALID_DOCUMENT",
      'A path of pages is not the path of a file: got "about". It starts with "/", does not end with it, has no empty, "." or ".." segment, no query string, and is percent-encoded.',
    ],
    [
      { mode: "fallback", trailingSlash: true },
      "INVALID_VALUE",
      'trailingSlash is not valid: got true. Allowed: "leave", "add", "remove".',
    ],
    [
      { mode: "fallback", trailingSlashBy: "x" },
      "INVALID_VALUE",
      'trailingSlashBy is not valid: got "x". Allowed: "redirect", "rewrite".',
    ],
    [
      { mode: "fallback", redirectStatus: 303 },
      "INVALID_VALUE",
      "redirectStatus is not valid: got 303. Allowed: 301, 302, 307, 308.",
    ],
    [
      { mode: "fallback", logEvery: -1 },
      "INVALID_VALUE",
      "logEvery is not a count: got -1. Allowed: 0 for never, or a whole number.",
    ],
  ])("%j", (options, code, message) => {
    const compile = () => compileSpaRewrite(options as SpaRewriteOptions);
    expect(compile).toThrow(SpaRewriteOptionsError);
    expect(compile).toThrow(expect.objectContaining({ code, message }));
  });

  it.each([
    "",
    "index.html",
    "/",
    "/app/",
    "//index.html",
    "/a/../index.html",
    "/%2e%2E/index.html",
    "/index.html?x",
    "/index.html#x",
    "/a b.html",
    "/caf\u00E9.html",
    "/50%.html",
    "/%FF.html",
    "/index.html\n",
    "/a\\b.html",
  ])("the document %j", (document) => {
    expect(() => compileSpaRewrite({ routes: ["/a"], document })).toThrow(
      expect.objectContaining({
        code: "INVALID_DOCUMENT",
        message: `document is not the path of a file: got ${JSON.stringify(document)}. It starts with "/", does not end with it, has no empty, "." or ".." segment, no query string, and is percent-encoded.`,
      }),
    );
  });
});
