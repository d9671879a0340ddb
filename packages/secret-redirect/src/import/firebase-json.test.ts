import { describe, expect, it } from "vitest";
import { readRedirects, rulesOf } from "../../test/read-redirects.ts";

describe("firebase.json", () => {
  it("is read with its globs and segments", () => {
    const redirects = [
      { source: "/a", destination: "/b", type: 302 },
      { source: "/c/:post*", destination: "https://d.example/:post" },
      { source: "/e/*/f", destination: "/g" },
      { source: "/h/**", destination: "/i" },
      { source: "/j/:id/k", destination: "/l/:id" },
      { source: "/m/:rest*", destination: "/:rest*" },
      { source: "/n{,/**}", destination: "/o" },
      { source: "/{p,q}/@r+s!", destination: "/t" },
    ];
    const rules = [
      { from: "/a", to: "/b", status: 302, trailingSlash: "strict" },
      { from: "/c/*", to: "https://d.example/:splat", status: 301, trailingSlash: "ignore" },
      { from: "/e/:star1/f", to: "/g", status: 301, trailingSlash: "strict" },
      { from: "/h/*", to: "/i", status: 301, trailingSlash: "ignore" },
      { from: "/j/:id/k", to: "/l/:id", status: 301, trailingSlash: "strict" },
      { from: "/m/*", to: "/:splat", status: 301, trailingSlash: "ignore" },
      { from: "/n", to: "/o", status: 301, trailingSlash: "strict" },
      { from: "/n/*", to: "/o", status: 301, trailingSlash: "ignore" },
      { from: "/p/@r+s!", to: "/t", status: 301, trailingSlash: "strict" },
      { from: "/q/@r+s!", to: "/t", status: 301, trailingSlash: "strict" },
    ];
    expect(rulesOf("firebase.json", JSON.stringify({ hosting: { redirects } }))).toEqual(rules);
    expect(rulesOf("firebase.json", JSON.stringify({ hosting: [{ redirects }] }))).toEqual(rules);
  });

  it("refuses other globs, regular expressions and several sites", () => {
    const text = `{ // comment
  "hosting": { "redirects": [
    { "source": "/a/@(b|c)", "destination": "/b" },
    { "regex": "/c", "destination": "/d" },
    { "source": "/e/**/f", "destination": "/g" },
  ] }
}`;
    expect(readRedirects("firebase.json", text).problems).toMatchInlineSnapshot(`
      [
        "3 The source has a glob that is not supported: got "/a/@(b|c)". Supported: :name, {a,b}, * as a whole segment, and at the end :name* or **.",
        "4 regex is not supported: got "/c". Supported: source, destination, type.",
        "5 The source has a glob that is not supported: got "/e/**/f". Supported: :name, {a,b}, * as a whole segment, and at the end :name* or **.",
      ]
    `);
    const names =
      '{"hosting":{"redirects":[{"source":"/{a,b}/:c","destination":"/:c"},{"source":"/{1..999}","destination":"/"},{"source":"/:d+","destination":"/e"}]}}';
    expect(readRedirects("firebase.json", names).problems).toHaveLength(3);
    expect(readRedirects("firebase.json", '{"hosting":[{},{}]}').problems).toMatchInlineSnapshot(`
      [
        "1 hosting has several sites. Import the redirects of one: give a file with that site alone.",
      ]
    `);
  });

  it("leaves out what is no redirect", () => {
    const hosting = {
      cleanUrls: true,
      rewrites: [{ source: "**", destination: "/index.html" }],
      headers: [{ source: "/a", headers: [] }],
      redirects: [{ source: "/a", destination: "/b" }],
    };
    const text = JSON.stringify({ hosting }, undefined, 2);
    const { rules, problems, leftovers } = readRedirects("firebase.json", text);
    expect({ rules: rules.length, problems }).toEqual({ rules: 1, problems: [] });
    expect(leftovers).toMatchInlineSnapshot(`
      [
        "3 spa-rewrite: How paths are written is no rule: got cleanUrls true. It belongs to spa-rewrite, which has trailingSlash.",
        "5 spa-rewrite: A rewrite is not a redirect: got rewrites {"source":"**","destination":"/index.html"}. Rewrites belong to spa-rewrite, or to a cache behavior with an origin of its own.",
        "11 cache-headers: Headers are no redirects: got headers {"source":"/a","headers":[]}. They belong to cache-headers, or to a response headers policy.",
      ]
    `);
  });
});
