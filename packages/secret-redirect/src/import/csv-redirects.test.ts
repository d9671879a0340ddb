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

  it("names the line of what it cannot keep", () => {
    expect(readRedirects("x.csv", "/a,/b\n\n/c\n/d,/e,200\n/f,/g,301,x\n").problems)
      .toMatchInlineSnapshot(`
      [
        "3 Path or target is missing. Give both.",
        "4 A rewrite is not a redirect: got "200". Rewrites belong to spa-rewrite. Allowed: 301, 302, 303, 307, 308.",
        "5 The line has more columns than expected: got 4. Expected: from, to, status.",
      ]
    `);
    expect(readRedirects("x.csv", "from,to,colour\n/a,/b,red\n").problems).toMatchInlineSnapshot(`
      [
        "1 A column is not supported: got "colour". Supported: from, to, status, match, query, trailingSlash, cacheControl, host, country, language.",
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
