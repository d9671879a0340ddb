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
    ];
    const rules = [
      { from: "/a", to: "/b", status: 302, trailingSlash: "strict" },
      { from: "/c/*", to: "https://d.example/:splat", status: 301, trailingSlash: "ignore" },
      { from: "/e/:star1/f", to: "/g", status: 301, trailingSlash: "strict" },
      { from: "/h/*", to: "/i", status: 301, trailingSlash: "ignore" },
      { from: "/j/:id/k", to: "/l/:id", status: 301, trailingSlash: "strict" },
    ];
    expect(rulesOf("firebase.json", JSON.stringify({ hosting: { redirects } }))).toEqual(rules);
    expect(rulesOf("firebase.json", JSON.stringify({ hosting: [{ redirects }] }))).toEqual(rules);
  });

  it("refuses other globs, regular expressions and several sites", () => {
    const text = `{ // comment
  "hosting": { "redirects": [
    { "source": "/a{,/**}", "destination": "/b" },
    { "regex": "/c", "destination": "/d" },
    { "source": "/e/**/f", "destination": "/g" },
  ] }
}`;
    expect(readRedirects("firebase.json", text).problems).toMatchInlineSnapshot(`
      [
        "3 The source has a glob that is not supported: got "/a{,/**}". Supported: :name, * as a whole segment, and at the end :name* or **.",
        "4 regex is not supported: got "/c". Supported: source, destination, type.",
        "5 The source has a glob that is not supported: got "/e/**/f". Supported: :name, * as a whole segment, and at the end :name* or **.",
      ]
    `);
    expect(readRedirects("firebase.json", '{"hosting":[{},{}]}').problems).toMatchInlineSnapshot(`
      [
        "1 hosting has several sites. Import the redirects of one: give a file with that site alone.",
      ]
    `);
  });
});
