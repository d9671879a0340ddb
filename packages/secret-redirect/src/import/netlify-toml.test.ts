import { describe, expect, it } from "vitest";
import { readRedirects, rulesOf } from "../../test/read-redirects.ts";

describe("netlify.toml", () => {
  it("is read under today's and yesterday's names", () => {
    const text = `
[build]
  command = "x"

[[redirects]]
  from = "/a"
  to = "/b"
  status = 302
  force = true
  query = {id = ":id"}
  [redirects.conditions]
    Country = ["US"]

[[redirects]]
  origin = "/c"
  destination = "/d"
  status = "308"
`;
    expect(rulesOf("netlify.toml", text)).toEqual([
      {
        from: "/a",
        to: "/b",
        status: 302,
        conditions: { query: { id: ":id" }, country: ["US"] },
      },
      { from: "/c", to: "/d", status: 308 },
    ]);
  });

  it("leaves out rewrites with what a proxy has, error pages and headers", () => {
    const text = `
[[redirects]]
from = "/api/*"
to = "https://api.example.com/:splat"
status = 200
signed = "KEY"
headers = {x-a = "1"}
[[redirects]]
from = "/a"
to = "/b"
[[redirects]]
from = "/*"
to = "/404.html"
status = 404
[[headers]]
for = "/*"
`;
    const { rules, problems, leftovers } = readRedirects("netlify.toml", text);
    expect({ rules, problems }).toEqual({
      rules: [{ from: "/a", to: "/b", status: 301 }],
      problems: [],
    });
    expect(leftovers.map((each) => each.split(":")[0])).toEqual([
      "2 spa-rewrite",
      "11 custom-error-responses",
      "15 cache-headers",
    ]);
  });

  it("names the heading's line, or the line that is no TOML", () => {
    const text =
      '[[redirects]]\nfrom = "/a"\nto = "/b"\n\n[[redirects]]\nfrom = "/c"\nto = "/d"\nsigned = "KEY"\n[[redirects]]\nto="/x"\n[[redirects]]\nfrom="/y"\nto="/z"\nconditions=[]\n';
    expect(readRedirects("netlify.toml", text).problems).toMatchInlineSnapshot(`
      [
        "5 signed is not supported: got "KEY". Supported: from, origin, to, destination, status, force, query, params, parameters, conditions.",
        "9 The path is missing. Give from.",
        "11 conditions is not a table: got []. Give values by name.",
      ]
    `);
    expect(readRedirects("netlify.toml", '[[redirects]]\nfrom = "/a\n').problems)
      .toMatchInlineSnapshot(`
      [
        "2 The file is not TOML: Invalid TOML document: control characters are not allowed in strings.",
      ]
    `);
    expect(readRedirects("netlify.toml", "x = 1\nredirects = 1\n").problems).toMatchInlineSnapshot(`
      [
        "2 redirects is not a list. Write [[redirects]] before each.",
      ]
    `);
    expect(readRedirects("netlify.toml", "x = 1\n")).toEqual({
      rules: [],
      problems: [],
      leftovers: [],
    });
  });
});
