import { describe, expect, it } from "vitest";
import { readRedirects, rulesOf } from "../../test/read-redirects.ts";

describe("_redirects of Cloudflare", () => {
  it("is read strictly, in its order: a rule without placeholder below one with comes second", () => {
    const text = "/a /b 301\n/e/* /all\n/e/x /y # why\n/c/:x /d/:x 308\n# no\n";
    expect(rulesOf("_redirects", text, "cloudflare-redirects")).toEqual([
      { from: "/a", to: "/b", status: 301, trailingSlash: "strict" },
      { from: "/e/*", to: "/all", status: 302, trailingSlash: "strict" },
      { from: "/e/x", to: "/y", status: 302, trailingSlash: "strict" },
      { from: "/c/:x", to: "/d/:x", status: 308, trailingSlash: "strict" },
    ]);
  });

  it("refuses what is no redirect", () => {
    const text = "/a\n/b /c 3x1\n/d /e 301 x\n/f/*/g /h\nhttp:/ /i";
    expect(readRedirects("_redirects", text, "cloudflare-redirects").problems)
      .toMatchInlineSnapshot(`
        [
          "1 Two or three words are expected: got "/a". Write path, target, and perhaps status.",
          "2 The status is not one of a redirect: got "3x1". Allowed: 301, 302, 303, 307, 308.",
          "3 Two or three words are expected: got "/d /e 301 x". Write path, target, and perhaps status.",
          "4 rule.from is not a pattern: got "/f/*/g". * stands for the rest of the path: it can only be the last character.",
          "5 The path is not a URL: got "http:/". Give a path.",
        ]
      `);
  });
});
