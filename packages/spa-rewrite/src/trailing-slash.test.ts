import { describe, expect, it } from "vitest";
import { browserHeaders } from "../test/support.ts";
import { compileSpaRewrite } from "./compile/compile-spa-rewrite.ts";
import { decideSpaRewrite } from "./decide-spa-rewrite.ts";
import type { SpaRewriteOptions } from "./compile/spa-rewrite-options.ts";

function outcome(options: SpaRewriteOptions, uri: string, headers = browserHeaders.navigation) {
  const [path = "", querystring = ""] = uri.split("?");
  const decision = decideSpaRewrite(compileSpaRewrite(options), {
    uri: path,
    querystring,
    headers,
  });
  if (decision.kind === "redirect") return `${decision.status} ${decision.location}`;
  return decision.kind === "rewrite" ? decision.uri : "pass";
}

const site = {
  routes: ["/", "/notes/:id"],
  siteFiles: ["index.html", "docs/index.html", "about.html", "LICENSE"],
} as const;

describe("a slash at the end", () => {
  it.each([
    ["leave", "/notes/1", "/index.html"],
    ["leave", "/notes/1/", "pass"],
    ["leave", "/docs", "/docs/index.html"],
    ["add", "/notes/1", "301 /notes/1/"],
    ["add", "/notes/1/", "/index.html"],
    ["add", "/notes/1?a=1&b=%20", "301 /notes/1/?a=1&b=%20"],
    ["add", "/docs", "301 /docs/"],
    ["add", "/docs/", "/docs/index.html"],
    ["add", "/about", "301 /about/"],
    ["add", "/", "/index.html"],
    ["add", "/index.html", "pass"],
    ["add", "/about.html", "pass"],
    ["add", "/LICENSE", "pass"],
    ["add", "/api/x", "pass"],
    ["add", "/missing", "pass"],
    ["add", "/notes/photo.jpg", "pass"],
    ["remove", "/notes/1", "/index.html"],
    ["remove", "/notes/1/", "301 /notes/1"],
    ["remove", "/notes/1/?tab=2", "301 /notes/1?tab=2"],
    ["remove", "/docs/", "301 /docs"],
    ["remove", "/about/", "301 /about"],
    ["remove", "/", "/index.html"],
    ["remove", "/missing/", "pass"],
    ["remove", "/notes/photo.jpg/", "pass"],
  ] as const)("%s: %s becomes %s", (trailingSlash, uri, expected) => {
    expect(outcome({ ...site, trailingSlash }, uri)).toBe(expected);
  });

  it.each(["add", "remove"] as const)(
    "%s by rewrite takes both spellings for one page",
    (trailingSlash) => {
      const options = { ...site, trailingSlash, trailingSlashBy: "rewrite" } as const;
      expect(outcome(options, "/notes/1")).toBe("/index.html");
      expect(outcome(options, "/notes/1/")).toBe("/index.html");
      expect(outcome(options, "/docs/")).toBe("/docs/index.html");
    },
  );

  it.each(["add", "remove"] as const)(
    "%s does not mind how a route is written",
    (trailingSlash) => {
      const options = { routes: ["/a/", "/b"], trailingSlash, trailingSlashBy: "rewrite" } as const;
      for (const uri of ["/a", "/a/", "/b", "/b/"])
        expect(outcome(options, uri)).toBe("/index.html");
    },
  );

  it("is answered with the status of the options", () => {
    const options = { ...site, trailingSlash: "remove", redirectStatus: 308 } as const;
    expect(outcome(options, "/notes/1/")).toBe("308 /notes/1");
  });

  it("never leads to another host, nor carries what a header cannot", () => {
    for (const trailingSlash of ["add", "remove"] as const) {
      const options = { mode: "fallback", trailingSlash } as const;
      for (const path of ["//evil", "/\\evil", "/a\r\nb", "/\u00e9", "/a b", "/a?\u00e9"]) {
        const end = trailingSlash === "add" ? "" : "/";
        const [uri = "", query] = path.split("?");
        expect(outcome(options, `${uri}${end}${query ? `?${query}` : ""}`)).toBe("/index.html");
      }
    }
  });
});
