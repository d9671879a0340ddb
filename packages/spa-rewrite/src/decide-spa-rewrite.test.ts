import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { propertyRuns } from "vitest-config/property-runs";
import { browserHeaders, eventHeaders } from "../test/support.ts";
import { compileSpaRewrite } from "./compile/compile-spa-rewrite.ts";
import { decideSpaRewrite } from "./decide-spa-rewrite.ts";
import type { SpaRewriteOptions } from "./compile/spa-rewrite-options.ts";

/** The uri or the location that the request ends up with. */
function outcome(options: SpaRewriteOptions, uri: string, headers = browserHeaders.navigation) {
  const [path = "", querystring = ""] = uri.split("?");
  const decision = decideSpaRewrite(compileSpaRewrite(options), {
    uri: path,
    querystring,
    headers,
  });
  if (decision.kind === "pass") return path;
  return decision.kind === "rewrite" ? decision.uri : `${decision.status} ${decision.location}`;
}

const page = "/index.html";

describe("mode fallback", () => {
  const options = { mode: "fallback", dottedPaths: ["/users/:name", "/@:user/*"] } as const;

  it.each([
    ["/", page],
    ["/notes", page],
    ["/notes/", page],
    ["/a/b/c", page],
    ["/@user", page],
    ["/users/jane.doe", page],
    ["/users/app.js", page],
    ["/@user/a/v1.x", page],
    ["/releases/v1.2", page],
    ["/notes/1.", page],
    ["/notes//1", page],
    ["//notes/1", page],
    ["/caf\u00e9/\u2603", page],
    ["/caf%C3%A9", page],
    ["/a%2Fb", page],
    ["/NOTES", page],
    ["/jane.doe", "/jane.doe"],
    ["/app.js", "/app.js"],
    ["/APP.JS", "/APP.JS"],
    ["/a%2Ejs", "/a%2Ejs"],
    ["/a/b.woff2", "/a/b.woff2"],
    ["/a/b.mp4", "/a/b.mp4"],
    ["/index.html", page],
    ["/api", "/api"],
    ["/api/", "/api/"],
    ["/api/notes/1", "/api/notes/1"],
    ["/%61pi/notes", "/%61pi/notes"],
    ["//api/notes", "//api/notes"],
    ["/apis", page],
    ["/x/api", page],
    ["/.env", "/.env"],
    ["/%2eenv", "/%2eenv"],
    ["/a/.git/HEAD", "/a/.git/HEAD"],
    ["/.well-known/change-password", "/.well-known/change-password"],
    ["/a/../b", "/a/../b"],
    ["/a/%2E%2e/b", "/a/%2E%2e/b"],
    ["/a/.", "/a/."],
    ["/50%", "/50%"],
    ["/%E0%A4%A", "/%E0%A4%A"],
    ["/%FF", "/%FF"],
    ["/%252Fa", page],
  ])("%s becomes %s", (uri, expected) => {
    expect(outcome(options, uri)).toBe(expected);
  });

  it("a very long path is a page like any other", () => {
    expect(outcome(options, "/a".repeat(4000))).toBe(page);
    expect(outcome(options, `${"/a".repeat(4000)}.js`)).not.toBe(page);
  });

  it("dotFiles lets a segment begin with a dot, but never leads elsewhere", () => {
    const withDots = { ...options, dotFiles: true };
    expect(outcome(withDots, "/.hidden/1")).toBe(page);
    expect(outcome(withDots, "/.env")).toBe("/.env");
    for (const uri of ["/a/../b", "/..", "/./a", "/.well-known/x"]) {
      expect(outcome(withDots, uri)).toBe(uri);
    }
  });

  it("exclude replaces the default, and takes patterns", () => {
    const excluding = { mode: "fallback", exclude: ["/v:version(\\d+)/*", "/rpc"] } as const;
    expect(outcome(excluding, "/api/x")).toBe(page);
    expect(outcome(excluding, "/v2/x/y")).toBe("/v2/x/y");
    expect(outcome(excluding, "/rpc/x")).toBe("/rpc/x");
    expect(outcome(excluding, "/vx/x")).toBe(page);
  });
});

describe("mode routes", () => {
  it.each([
    [["/notes/:id"], "/notes/1", page],
    [["/notes/:id"], "/notes/1/", "/notes/1/"],
    [["/notes/:id"], "/notes/1.json", "/notes/1.json"],
    [["/notes/:id"], "/notes/1.5", page],
    [["/notes/:id"], "/notes/.env", "/notes/.env"],
    [["/notes/:id"], "/notes/a%2Fb", page],
    [["/notes/:id(\\d+)"], "/notes/%31", page],
    [["/notes/:id(\\d+)"], "/%6Eotes/1", page],
    [["/notes/:id(\\d+)"], "/notes/1%2F", "/notes/1%2F"],
    [["/caf\u00e9"], "/caf%C3%A9", page],
    [["/caf%C3%A9"], "/caf\u00e9", page],
    [["/a b"], "/a%20b", page],
    [["/:page"], "/api", "/api"],
    [["/*"], "/api/x", "/api/x"],
    [["/*"], "/a/b.js", "/a/b.js"],
    [["/:file.html"], "/about.html", page],
    [["/v:major(\\d+).:minor(\\d+)"], "/v1.2", page],
    [["/:name([\\w.]+)"], "/jane.doe", page],
    [["{/:lang(de|en)}?/about"], "/about", page],
    [["{/:lang(de|en)}?/about"], "/de/about", page],
    [["{/:lang(de|en)}?/about"], "/fr/about", "/fr/about"],
  ])("%j: %s becomes %s", (routes, uri, expected) => {
    expect(outcome({ routes }, uri)).toBe(expected);
  });

  it("a dotted path is an exception to the dot, not to the routes", () => {
    const options = { routes: ["/users/:name"], dottedPaths: ["/*"] };
    expect(outcome(options, "/users/jane.doe")).toBe(page);
    expect(outcome(options, "/other/jane.doe")).toBe("/other/jane.doe");
  });

  it("locales may stand before each route", () => {
    const options = { routes: ["/", "/about"], locales: ["de", "pt-BR"] };
    for (const uri of ["/", "/de", "/de/", "/about", "/pt-BR/about"]) {
      expect(outcome(options, uri)).toBe(page);
    }
    for (const uri of ["/fr/about", "/de/de/about", "/pt-br/about"]) {
      expect(outcome(options, uri)).toBe(uri);
    }
  });

  it("ignoreCase holds for routes, prefixes and exclusions", () => {
    const options = { routes: ["/Notes/:id"], apps: [{ prefix: "/Admin" }], ignoreCase: true };
    expect(outcome(options, "/nOTES/1")).toBe(page);
    expect(outcome(options, "/admin/x")).toBe("/Admin/index.html");
    expect(outcome({ mode: "fallback", ignoreCase: true }, "/API/x")).toBe("/API/x");
  });
});

describe("several apps", () => {
  const options = {
    mode: "fallback",
    apps: [
      { prefix: "/admin" },
      {
        prefix: "/admin/reports/*",
        document: "/reports.html",
        routes: ["/admin/reports/:id(\\d+)"],
      },
    ],
  } as const;

  it.each([
    ["/adm", page],
    ["/administrators", page],
    ["/admin", "/admin/index.html"],
    ["/admin/users/7", "/admin/index.html"],
    ["/admin/reports/7", "/reports.html"],
    ["/admin/reports", "/admin/reports"],
    ["/admin/reports/x", "/admin/reports/x"],
    ["/admin/app.js", "/admin/app.js"],
  ])("%s becomes %s", (uri, expected) => {
    expect(outcome(options, uri)).toBe(expected);
  });
});

describe("who is answered with HTML", () => {
  const options = { mode: "fallback", dottedPaths: ["/packages/:name"] } as const;
  const html = "text/html,application/xhtml+xml,*/*;q=0.8";

  it.each<readonly [Record<string, string>, boolean]>([
    [{}, true],
    [{ accept: "" }, true],
    [{ accept: "*/*" }, true],
    [{ accept: "text/*" }, true],
    [{ accept: html }, true],
    [{ accept: "TEXT/HTML" }, true],
    [{ accept: "text/html;q=0.5" }, true],
    [{ accept: "text/html;q=0" }, false],
    [{ accept: "text/html; q=0.0, application/json" }, false],
    [{ accept: "text/html;q=0.01" }, true],
    [{ accept: "application/json" }, false],
    [{ accept: "application/json, text/plain, */*" }, false],
    [{ accept: "application/json, text/html" }, false],
    [{ accept: "text/css,*/*;q=0.1" }, false],
    [{ accept: "image/avif,image/webp,*/*;q=0.8" }, false],
    [{ accept: html, "sec-fetch-dest": "document", "sec-fetch-mode": "navigate" }, true],
    [{ accept: html, "sec-fetch-dest": "iframe", "sec-fetch-mode": "navigate" }, true],
    [{ accept: html, "sec-fetch-mode": "navigate" }, true],
    [{ accept: html, "sec-fetch-dest": "empty", "sec-fetch-mode": "cors" }, true],
    [{ accept: "*/*", "sec-fetch-dest": "empty", "sec-fetch-mode": "cors" }, false],
    [{ accept: "*/*", "sec-fetch-dest": "empty", "sec-purpose": "prefetch" }, true],
    [{ accept: "*/*", "sec-fetch-dest": "script", "sec-purpose": "prefetch" }, false],
    [{ accept: "application/json", "sec-fetch-dest": "document" }, false],
    ...[
      "script",
      "style",
      "image",
      "font",
      "worker",
      "serviceworker",
      "manifest",
      "audio",
      "video",
      "track",
      "object",
      "embed",
      "json",
    ].map((destination) => [{ accept: html, "sec-fetch-dest": destination }, false] as const),
  ])("%j: %s", (headers, isAnswered) => {
    expect(outcome(options, "/notes/1", eventHeaders(headers))).toBe(
      isAnswered ? page : "/notes/1",
    );
  });

  it("gives a listed route to whatever takes HTML, and none of it to a script", () => {
    const listed = compileSpaRewrite({ routes: ["/notes/:id"] });
    const answered = (headers: Readonly<Record<string, string>>): boolean =>
      decideSpaRewrite(listed, { uri: "/notes/1", headers: eventHeaders(headers) }).kind ===
      "rewrite";
    expect(answered({ accept: "*/*", "sec-fetch-dest": "empty", "sec-fetch-mode": "cors" })).toBe(
      true,
    );
    expect(answered({ accept: "*/*", "sec-fetch-mode": "cors" })).toBe(true);
    expect(answered({ accept: "application/json", "sec-fetch-dest": "empty" })).toBe(false);
    expect(answered({ accept: "*/*", "sec-fetch-dest": "script" })).toBe(false);
  });

  it.each(["POST", "PUT", "PATCH", "DELETE", "OPTIONS"])("%s is not", (method) => {
    const request = { uri: "/notes/1", method, headers: browserHeaders.navigation };
    expect(decideSpaRewrite(compileSpaRewrite(options), request)).toEqual({ kind: "pass" });
  });

  it("HEAD is, as GET", () => {
    const request = { uri: "/notes/1", method: "HEAD", headers: browserHeaders.navigation };
    expect(decideSpaRewrite(compileSpaRewrite(options), request)).toEqual({
      kind: "rewrite",
      uri: page,
    });
  });

  it("a declared path that looks like an asset asks for HTML by name", () => {
    expect(outcome(options, "/packages/lodash.js")).toBe(page);
    expect(outcome(options, "/packages/lodash.get", eventHeaders({ accept: "*/*" }))).toBe(page);
    for (const headers of [
      eventHeaders(),
      eventHeaders({ accept: "*/*" }),
      browserHeaders.script,
    ]) {
      expect(outcome(options, "/packages/lodash.js", headers)).toBe("/packages/lodash.js");
      expect(outcome(options, "/packages/lodash.JS", headers)).toBe("/packages/lodash.JS");
    }
  });

  it("several lines of one header are read as one (LE-B-14)", () => {
    const accept = [
      { key: "Accept", value: "application/xml" },
      { key: "Accept", value: "text/html" },
    ];
    expect(outcome(options, "/notes/1", { accept })).toBe(page);
  });

  it("a missing asset never is, whatever its path and the options", () => {
    fc.assert(
      fc.property(
        fc.webPath(),
        fc.constantFrom(browserHeaders.script, browserHeaders.style, browserHeaders.image),
        fc.constantFrom<SpaRewriteOptions>({ routes: ["/*"] }, { mode: "fallback" }, options),
        (uri, headers, given) => {
          expect(outcome(given, uri, headers)).toBe(uri);
        },
      ),
      propertyRuns(400),
    );
  });
});
