import { describe, expect, it } from "vitest";
import { readRedirects, rulesOf } from "../../test/read-redirects.ts";

describe("CSV", () => {
  it("is read by its headings, or in the order from, to, status", () => {
    const headed =
      '\uFEFFSource,Target,"Status code",country,query\n/a,/b,301,us ca,drop\n"/c,d",/e,,,\n';
    expect(rulesOf("redirects.csv", headed)).toEqual([
      { from: "/a", to: "/b", status: 301, query: "drop", conditions: { country: ["us", "ca"] } },
      { from: "/c,d", to: "/e", status: 302 },
    ]);
    expect(rulesOf("redirects.csv", "/a,/b\n/c,/d,308\n")).toEqual([
      { from: "/a", to: "/b", status: 302 },
      { from: "/c", to: "/d", status: 308 },
    ]);
    expect(rulesOf("redirects.csv", "")).toEqual([]);
  });

  it("is read with semicolons and tabs between its cells", () => {
    const rules = [{ from: "/a;b", to: "/c,d", status: 301 }];
    expect(rulesOf("x.csv", 'from;to;status\n"/a;b";/c,d;301\n')).toEqual(rules);
    expect(rulesOf("x.csv", "/a;b\t/c,d\t301\n")).toEqual(rules);
    expect(rulesOf("x.csv", '/a;b,"/c,d",301\n')).toEqual(rules);
  });

  it("has the host and the query string of an absolute URL as conditions", () => {
    const text =
      "https://old.example.com/p.php?id=3,/p\nHTTP://Old.example.com,/home\n/q?a=b&c=d,/r\n";
    expect(rulesOf("x.csv", text)).toEqual([
      {
        from: "/p.php",
        to: "/p",
        status: 302,
        conditions: { host: "old.example.com", query: { id: "3" } },
      },
      { from: "/", to: "/home", status: 302, conditions: { host: "Old.example.com" } },
      { from: "/q", to: "/r", status: 302, conditions: { query: { a: "b", c: "d" } } },
    ]);
  });

  it("is read with the headings of Shopify's export, which redirects permanently", () => {
    expect(rulesOf("x.csv", "Redirect from,Redirect to\n/products/a,/products/b\n")).toEqual([
      { from: "/products/a", to: "/products/b", status: 301 },
    ]);
  });

  it("is read with the headings of WordPress's Redirection, and its regular expressions where linear", () => {
    const text = [
      "source,target,regex,type,code,match,hits,title",
      '"/a","/b","0","url","302","url","7","a, b"',
      "^/blog/(.*)$,/news/$1,1,url,301,url,0,",
      "^/shop/([^/]+)/item/?$,https://shop.example.com/$1,1,url,301,url,0,",
      String.raw`^/old\.html$,/new,1,url,301,url,0,`,
      "^/gone/,/,1,url,301,url,0,",
      "^/tag/(.+),/tags/$1,1,url,301,url,0,",
    ].join("\n");
    expect(rulesOf("x.csv", text)).toEqual([
      { from: "/a", to: "/b", status: 302 },
      { from: "/blog/*", to: "/news/:splat", status: 301, trailingSlash: "strict" },
      {
        from: "/shop/:group1/item",
        to: "https://shop.example.com/:group1",
        status: 301,
        trailingSlash: "ignore",
      },
      { from: "/old.html", to: "/new", status: 301, trailingSlash: "strict" },
      { from: "/gone/*", to: "/", status: 301, trailingSlash: "strict" },
      { from: "/tag/:first", to: "/tags/:first", status: 301, trailingSlash: "strict" },
      { from: "/tag/:first/*", to: "/tags/:first/:splat", status: 301, trailingSlash: "strict" },
    ]);
  });

  it("leaves out what WordPress's Redirection does otherwise than by redirecting", () => {
    const text = [
      "source,target,regex,type,code,match,hits,title,status",
      "/a,/b,0,pass,200,url,0,,enabled",
      "/c,,0,error,410,error,0,,enabled",
      "/d,,0,nothing,,nothing,0,,enabled",
      "/e,/f,0,url,301,url,0,,disabled",
      "/g,*,0,url,301,login,0,,enabled",
      String.raw`^/(\d+)$,/x,1,url,301,url,0,,enabled`,
      "/h(.*),/x,1,url,301,url,0,,enabled",
    ].join("\n");
    expect(readRedirects("x.csv", text)).toMatchInlineSnapshot(`
      {
        "leftovers": [
          "2 spa-rewrite: A rewrite is not a redirect: got "pass". Rewrites belong to spa-rewrite, or to a cache behavior with an origin of its own.",
          "3 custom-error-responses: An error page is not a redirect: got "error". Error pages belong to the distribution's custom error responses.",
          "4 undefined: The rule does nothing, and is left out: got "nothing".",
          "5 undefined: The redirect is switched off, and is left out: got "disabled".",
        ],
        "problems": [
          "6 The redirect depends on more than the path: got "url" and "login". Supported: url in both.",
          "7 The regular expression is not supported: got "^/(\\\\d+)$". Supported: ^ and a path of text, ([^/]+), and at the end (.*), (.+), /? and $.",
          "8 The regular expression is not supported: got "/h(.*)". Supported: ^ and a path of text, ([^/]+), and at the end (.*), (.+), /? and $.",
        ],
        "rules": [],
      }
    `);
  });

  it("names the line of what it cannot keep", () => {
    expect(readRedirects("x.csv", "/a,/b\n\n/c\n/d,/e,300\n/f,/g,301,x\n").problems)
      .toMatchInlineSnapshot(`
        [
          "3 Path or target is missing. Give both.",
          "4 The status is not one of a redirect: got "300". Allowed: 301, 302, 303, 307, 308.",
          "5 The line has more columns than expected: got 4. Expected: from, to, status.",
        ]
      `);
    expect(readRedirects("x.csv", "from,to,colour\n/a,/b,red\n").problems).toMatchInlineSnapshot(`
      [
        "1 A column is not supported: got "colour". Supported: from, to, status, match, query, trailingSlash, cacheControl, host, country, language, regex; the columns of Shopify and of WordPress's Redirection.",
      ]
    `);
    expect(readRedirects("x.csv", '/a,"/b\n').problems).toMatchInlineSnapshot(`
      [
        "1 The file is not CSV: Quote Not Closed: the parsing is finished with an opening quote at line 1.",
      ]
    `);
    expect(readRedirects("x.csv", "from,to,query\n/a,/b,pass\n").problems).toMatchInlineSnapshot(`
      [
        "2 rule.query is not valid: got "pass". Allowed: "keep", "merge", "drop".",
      ]
    `);
  });
});
