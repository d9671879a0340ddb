import { describe, expect, it } from "vitest";
import { type SpaRewriteOptions, compileSpaRewrite } from "./options.ts";
import { SpaRewriteOptionsError } from "./spa-rewrite-options-error.ts";

describe("compileSpaRewrite", () => {
  it("compiles all routes into one regular expression that matches whole paths", () => {
    expect(compileSpaRewrite({ routes: ["/notes/:id(\\d+)", "/notes/:id(\\d+)/edit"] })).toEqual({
      route: "^(?:/notes/(?:\\d+)|/notes/(?:\\d+)/edit)$",
      document: "/index.html",
    });
  });

  it("yields plain JSON", () => {
    const compiled = compileSpaRewrite({ routes: ["/:a"], document: "/app.html" });
    expect(JSON.parse(JSON.stringify(compiled))).toEqual(compiled);
  });

  it("does not look at the order or the identity of the options object", () => {
    const options = Object.freeze({ document: "/a.html", routes: Object.freeze(["/a"]) });
    expect(JSON.stringify(compileSpaRewrite(options))).toBe(
      JSON.stringify(compileSpaRewrite({ routes: ["/a"], document: "/a.html" })),
    );
  });

  it.each(["/index.html", "/app/index.html", "/a%20b.html", "/..html"])(
    "takes the document %s",
    (document) => {
      expect(compileSpaRewrite({ routes: ["/a"], document }).document).toBe(document);
    },
  );
});

describe("compileSpaRewrite refuses", () => {
  it.each([
    {
      options: undefined,
      code: "INVALID_TYPE",
      message: "The options are not an object: got nothing. Allowed: routes, document.",
    },
    {
      options: { route: ["/a"] },
      code: "UNKNOWN_OPTION",
      message: 'route is not an option: got ["/a"]. Did you mean routes?',
    },
    {
      options: { routes: ["/a"], fallback: true },
      code: "UNKNOWN_OPTION",
      message: "fallback is not an option: got true. Allowed: routes, document.",
    },
    {
      options: {},
      code: "INVALID_TYPE",
      message:
        'routes is not a list of routes: got nothing. Give at least one path, as in ["/notes/:id"].',
    },
    {
      options: { routes: [] },
      code: "INVALID_TYPE",
      message:
        'routes is not a list of routes: got []. Give at least one path, as in ["/notes/:id"].',
    },
    {
      options: { routes: "/a" },
      code: "INVALID_TYPE",
      message:
        'routes is not a list of routes: got "/a". Give at least one path, as in ["/notes/:id"].',
    },
    {
      options: { routes: ["/a", 7] },
      code: "INVALID_TYPE",
      message: 'routes[1] is not a string: got 7. Give a path, as in "/notes/:id".',
    },
    {
      options: { routes: ["/a", "b"] },
      code: "INVALID_ROUTE",
      message: 'routes[1] does not start with "/": got "b". Write "/b".',
    },
    {
      options: { routes: ["/a"], document: null },
      code: "INVALID_TYPE",
      message: 'document is not a string: got null. Give the path of a file, as in "/index.html".',
    },
  ])("$options", ({ options, code, message }) => {
    const compile = () => compileSpaRewrite(options as unknown as SpaRewriteOptions);
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
