import { describe, expect, it } from "vitest";
import { readRedirects, rulesOf } from "../../test/read-redirects.ts";

describe("vercel.json", () => {
  it("is read with sources, conditions and statuses", () => {
    const text = JSON.stringify({
      cleanUrls: false,
      redirects: [
        { source: "/a", destination: "/b" },
        { source: "/c/:x", destination: "/d/:x", permanent: false },
        { source: "/e/:path*", destination: "https://f.example/:path*", statusCode: 301 },
        { source: "/g/(.*)", destination: "/h/$1" },
        {
          source: "/i",
          destination: "/j",
          has: [
            { type: "host", value: "k.example" },
            { type: "query", key: "l", value: "1" },
            { type: "header", key: "x-m" },
          ],
          missing: [{ type: "cookie", key: "n" }],
        },
      ],
    });
    expect(rulesOf("vercel.json", text)).toEqual([
      { from: "/a", to: "/b", status: 308, trailingSlash: "strict" },
      { from: "/c/:x", to: "/d/:x", status: 307, trailingSlash: "strict" },
      { from: "/e/*", to: "https://f.example/:splat", status: 301, trailingSlash: "ignore" },
      { from: "/g/*", to: "/h/:splat", status: 308, trailingSlash: "strict" },
      {
        from: "/i",
        to: "/j",
        status: 308,
        trailingSlash: "strict",
        conditions: {
          host: "k.example",
          query: { l: "1" },
          header: { "x-m": true },
          cookie: { n: false },
        },
      },
    ]);
  });

  it("refuses patterns and options that it cannot keep, with their line", () => {
    const text = `{
  "bulkRedirectsPath": "redirects.csv",
  "redirects": [
    { "source": "/a/:id(\\\\d+)", "destination": "/b" },
    { "source": "/c", "destination": "/d", "has": [{ "type": "header", "key": "x", "value": "^a" }] },
    { "source": "/e", "destination": "/f", "missing": [{ "type": "host", "value": "x" }] },
    { "source": "/g", "destination": "/h", "locale": false },
    { "source": "/i", "destination": "/j", "statusCode": 300 },
    { "source": "/k" },
    7
  ]
}`;
    expect(readRedirects("vercel.json", text).problems).toMatchInlineSnapshot(`
      [
        "2 bulkRedirectsPath redirects too and is not supported. Write its redirects as redirects.",
        "4 The source has a pattern that is not supported: got "/a/:id(\\\\d+)". Supported: :name, and at the end :name* or (.*).",
        "5 The condition is not supported: got {"type":"header","key":"x","value":"^a"}. Supported: type host, header, cookie or query, with a value that is no regular expression.",
        "6 The condition is not supported: got {"type":"host","value":"x"}. Supported: type host, header, cookie or query, with a value that is no regular expression.",
        "7 locale is not supported: got false. Supported: source, destination, permanent, statusCode, has, missing.",
        "8 The status is not one of a redirect: got 300. Allowed: 301, 302, 303, 307, 308.",
        "9 A redirect has not source and destination: got {"source":"/k"}. Give both as text.",
        "10 A redirect is not an object: got 7. Give an object.",
      ]
    `);
    expect(readRedirects("vercel.json", "{\n  x\n}").problems).toMatchInlineSnapshot(`
      [
        "2 The file is not JSON: InvalidSymbol.",
      ]
    `);
    expect(readRedirects("vercel.json", '{\n"redirects": {}}').problems).toMatchInlineSnapshot(`
      [
        "2 redirects is not a list. Give a list of redirects.",
      ]
    `);
  });

  it("leaves out what is no redirect", () => {
    const file = {
      trailingSlash: true,
      rewrites: [{ source: "/(.*)", destination: "/index.html" }],
      headers: [{ source: "/a", headers: [] }],
      redirects: [{ source: "/a", destination: "/b" }],
    };
    const text = JSON.stringify(file, undefined, 2);
    const { rules, problems, leftovers } = readRedirects("vercel.json", text);
    expect({ rules: rules.length, problems }).toEqual({ rules: 1, problems: [] });
    expect(leftovers).toMatchInlineSnapshot(`
      [
        "2 spa-rewrite: How paths are written is no rule: got trailingSlash true. It belongs to spa-rewrite, which has trailingSlash.",
        "4 spa-rewrite: A rewrite is not a redirect: got rewrites {"source":"/(.*)","destination":"/index.html"}. Rewrites belong to spa-rewrite, or to a cache behavior with an origin of its own.",
        "10 cache-headers: Headers are no redirects: got headers {"source":"/a","headers":[]}. They belong to cache-headers, or to a response headers policy.",
      ]
    `);
  });
});
