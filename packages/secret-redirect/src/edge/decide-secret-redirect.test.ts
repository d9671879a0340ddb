import { describe, expect, it } from "vitest";
import { compileSecretRedirect } from "../compile/compile-secret-redirect.ts";
import type { RedirectRule } from "../compile/redirect-rule.ts";
import { decideSecretRedirect } from "./decide-secret-redirect.ts";

/** The Location that rules give a URL, or `undefined`. */
function locationOf(url: string, ...rules: RedirectRule[]): string | undefined {
  const [uri = "", querystring = ""] = url.split("?");
  const request = { uri, querystring, method: "GET", headers: {} };
  const decision = decideSecretRedirect(compileSecretRedirect({ rules }), request);
  return decision?.response.headers?.["location"]?.[0]?.value;
}

describe("an exact rule", () => {
  it.each([
    ["/old", "/old", "/new"],
    ["/old", "/old/", "/new"],
    ["/old/", "/old", "/new"],
    ["/caf\u00E9", "/caf%C3%A9", "/new"],
    ["/a b", "/a%20b", "/new"],
    ["/", "/", "/new"],
    ["/old", "/older", undefined],
    ["/old", "/old/x", undefined],
    ["/old", "/Old", undefined],
    ["/old", "/", undefined],
  ])("for %s answers %s with %s", (from, path, location) => {
    expect(locationOf(path, { from, to: "/new" })).toBe(location);
  });

  it("takes : and * as they are when it is said to be exact", () => {
    const rule: RedirectRule = { from: "/a:b/*", to: "/new", match: "exact" };
    expect(locationOf("/a:b/*", rule)).toBe("/new");
    expect(locationOf("/a:b/c", rule)).toBeUndefined();
  });

  it("leaves a colon of its target alone, since it captures nothing", () => {
    expect(locationOf("/w", { from: "/w", to: "https://x.example/wiki/Talk:Main" })).toBe(
      "https://x.example/wiki/Talk:Main",
    );
  });
});

describe("a placeholder", () => {
  it.each([
    ["/blog/:slug", "/posts/:slug", "/blog/hello", "/posts/hello"],
    ["/blog/:slug", "/posts/:slug", "/blog/hello/", "/posts/hello"],
    ["/blog/:slug", "/posts/:slug", "/blog/", undefined],
    ["/blog/:slug", "/posts/:slug", "/blog/a/b", undefined],
    ["/:a/:b/:c", "/:c/:a/:b", "/1/2/3", "/3/1/2"],
    ["/p/:slug.html", "/p/:slug", "/p/a.b.html", "/p/a.b"],
    ["/p/:slug.html", "/p/:slug", "/p/.html", undefined],
    ["/p-:id", "/products/:id", "/p-7", "/products/7"],
    ["/v:major.x/docs", "/docs/:major", "/v2.x/docs", "/docs/2"],
    ["/:x", "/y/:x-:x", "/a", "/y/a-a"],
    ["/:x", "https://e.example:8080/:x?v=:x#:x", "/a&b", "https://e.example:8080/a&b?v=a%26b#a&b"],
    ["/:x", "/y/:x", "/%2F%2fe.example", "/y/%2F%2Fe.example"],
    ["/u/:x/edit", "/:x", "/u/%C3%A9%0d%0a/edit", "/%C3%A9%0D%0A"],
  ])("%s -> %s answers %s with %s", (from, to, path, location) => {
    expect(locationOf(path, { from, to })).toBe(location);
  });
});

describe("a splat", () => {
  it.each([
    ["/docs/*", "/help/:splat", "/docs/a/b.html", "/help/a/b.html"],
    ["/docs/*", "/help/:splat", "/docs/a/", "/help/a/"],
    ["/docs/*", "/help/:splat", "/docs/", "/help/"],
    ["/docs/*", "/help/:splat", "/docs", "/help/"],
    ["/docs/*", "/help/:splat", "/docsy", undefined],
    ["/docs/*", "/:splat/help", "/docs/", "/help"],
    ["/*", "https://new.example/:splat", "/", "https://new.example/"],
    ["/*", "https://new.example/:splat", "/a//b/../c", "https://new.example/a/c"],
    ["/go/*", "/:splat", "/go//evil.example", "/evil.example"],
    ["/go/*", "/:splat", "/go/%5Cevil.example", "/%5Cevil.example"],
    ["/go*", "/:splat", "/go//evil.example", "/evil.example"],
    ["/go*", "/to:splat", "/go/a", "/to/a"],
    ["/go*", "/to:splat", "/gone", "/tone"],
    ["/go*", "/to:splat", "/go", "/to"],
    ["/:lang/docs/*", "/docs/:lang/:splat", "/de/docs/a/b", "/docs/de/a/b"],
  ])("%s -> %s answers %s with %s", (from, to, path, location) => {
    expect(locationOf(path, { from, to })).toBe(location);
  });
});

describe("a prefix rule", () => {
  it.each([
    ["/help", "/docs", "/help"],
    ["/help", "/docs/a/b", "/help/a/b"],
    ["/help?from=docs#top", "/docs/a", "/help/a?from=docs#top"],
    ["https://help.example", "/docs/a", "https://help.example/a"],
    ["/help/:splat.html", "/docs/a", "/help/a.html"],
    ["/help", "/docsy", undefined],
  ])("to %s answers %s with %s", (to, path, location) => {
    const found = locationOf(path, { from: "/docs", to, match: "prefix" });
    expect(found?.replace(/\/$/, "")).toBe(location);
  });
});

describe("the query string", () => {
  it.each([
    [undefined, "/new", "a=1&b=2", "/new?a=1&b=2"],
    [undefined, "/new?b=3", "a=1&b=2", "/new?b=3&a=1"],
    [undefined, "/new?%62=3#f", "a=1&b=2&%62=4", "/new?%62=3&a=1#f"],
    [undefined, "/new#top", "a=1", "/new?a=1#top"],
    [undefined, "/new?", "a=1", "/new?a=1"],
    ["merge", "/new", "a=1", "/new?a=1"],
    ["keep", "/new?a=2", "a=1", "/new?a=2&a=1"],
    ["drop", "/new?a=2", "a=1", "/new?a=2"],
    ["drop", "/new#f", "a=1", "/new#f"],
    [undefined, "/new", "", "/new"],
    [undefined, "/new", 'a=\u00E9 "<\r\n>%zz%41', "/new?a=%C3%A9%20%22%3C%0D%0A%3E%25zz%41"],
    [undefined, "/new?b=1", "b=2", "/new?b=1"],
  ] as const)("with query %s and target %s, %j becomes %s", (query, to, querystring, location) => {
    const rule = { from: "/old", to, ...(query && { query }) };
    const request = { uri: "/old", querystring, method: "GET", headers: {} };
    const decision = decideSecretRedirect(compileSecretRedirect({ rules: [rule] }), request);
    expect(decision?.response.headers?.["location"]?.[0]?.value).toBe(location);
  });
});

describe("of several rules the first that matches answers", () => {
  const rules: RedirectRule[] = [
    { from: "/shop/sale", to: "/1" },
    { from: "/shop/:item", to: "/2" },
    { from: "/shop/*", to: "/3" },
    { from: "/shop/new", to: "/4" },
    { from: "/:any/last", to: "/5" },
    { from: "/*", to: "/6" },
  ];

  it.each([
    ["/shop/sale", "/1"],
    ["/shop/new", "/2"],
    ["/shop/a/b", "/3"],
    ["/shop", "/3"],
    ["/x/last", "/5"],
    ["/shop/last", "/2"],
    ["/x/y", "/6"],
  ])("%s leads to %s", (path, location) => {
    expect(locationOf(path, ...rules)).toBe(location);
  });

  it("also when a broader rule stands first", () => {
    expect(locationOf("/a/b", { from: "/a/*", to: "/1" }, { from: "/a/b", to: "/2" })).toBe("/1");
  });
});

describe("a strict trailing slash", () => {
  it("tells the path with it from the path without", () => {
    const rules: RedirectRule[] = [
      { from: "/a", to: "/a/", trailingSlash: "strict" },
      { from: "/b/", to: "/b", trailingSlash: "strict" },
      { from: "/c/:x", to: "/c/:x/", trailingSlash: "strict" },
      { from: "/d/*", to: "/e/:splat", trailingSlash: "strict" },
    ];
    const of = (path: string) => locationOf(path, ...rules);
    expect([of("/a"), of("/a/"), of("/b"), of("/b/")]).toEqual(["/a/", undefined, undefined, "/b"]);
    expect([of("/c/x"), of("/c/x/"), of("/d"), of("/d/")]).toEqual([
      "/c/x/",
      undefined,
      undefined,
      "/e/",
    ]);
  });
});

describe("Cache-Control", () => {
  const cacheControl = (rule: Omit<RedirectRule, "from" | "to">, time = 0) => {
    const compiled = compileSecretRedirect({
      rules: [{ from: "/a", to: "/b", ...rule }],
      cacheControl: { 308: "max-age=5" },
    });
    const request = {
      uri: "/a",
      querystring: "",
      method: "GET",
      headers: { "cloudfront-viewer-country": [{ key: "", value: "DE" }] },
    };
    const decision = decideSecretRedirect(compiled, request, { now: () => time });
    return decision?.response.headers?.["cache-control"]?.[0]?.value;
  };
  const briefly = "public, max-age=0, s-maxage=60";

  it.each([
    [{ status: 301 }, "public, max-age=86400"],
    [{ status: 302 }, briefly],
    [{ status: 303 }, briefly],
    [{ status: 307 }, briefly],
    [{ status: 308 }, "max-age=5"],
    [{ status: 301, cacheControl: "no-cache" }, "no-cache"],
    [{ status: 301, conditions: { country: "de" } }, briefly],
    [{ status: 301, conditions: { method: "GET" } }, "public, max-age=86400"],
  ] as const)("LE-A-50: of %j is %s", (rule, value) => {
    expect(cacheControl(rule)).toBe(value);
  });

  it("ends with the rule's time", () => {
    const rule: Omit<RedirectRule, "from" | "to"> = {
      cacheControl: "max-age=60, s-maxage=3600",
      conditions: { time: { until: "1970-01-01T00:10:00Z" } },
    };
    expect(cacheControl(rule, 0)).toBe("max-age=60, s-maxage=600");
    expect(cacheControl(rule, 590_500)).toBe("max-age=9, s-maxage=9");
    expect(cacheControl(rule, 600_000)).toBeUndefined();
  });
});
