import { describe, expect, it } from "vitest";
import { importRedirects, redirectRulesFrom } from "./import-redirects.ts";
import { readRedirectFile } from "./read-redirect-file.ts";
import type { RedirectFormat } from "./redirect-source.ts";

/** Rules without their line, and problems as `line message`. */
function read(file: string, text: string, format?: RedirectFormat) {
  const { rules, problems } = importRedirects({ file, text, ...(format && { format }) });
  return {
    rules: rules.map(({ source: _line, ...rule }) => rule),
    problems: problems.map(({ line, message }) => `${line} ${message}`),
  };
}

function rulesOf(file: string, text: string, format?: RedirectFormat) {
  const { rules, problems } = read(file, text, format);
  expect(problems).toEqual([]);
  return rules;
}

describe("_redirects of Netlify", () => {
  it("is read with query parameters, hosts, conditions and comments", () => {
    const text = [
      "# moved",
      "/a /b",
      "/c/*\t/d/:splat  302!  Country=us,ca Language=en # why",
      "/store id=:id /blog/:id 301",
      "https://old.example.com/* https://new.example.com/:splat",
      "/app /beta 302 Cookie=beta",
    ].join("\r\n");
    expect(rulesOf("_redirects", text)).toEqual([
      { from: "/a", to: "/b", status: 301 },
      {
        from: "/c/*",
        to: "/d/:splat",
        status: 302,
        conditions: { country: ["us", "ca"], language: ["en"] },
      },
      { from: "/store", to: "/blog/:id", status: 301, conditions: { query: { id: ":id" } } },
      {
        from: "/*",
        to: "https://new.example.com/:splat",
        status: 301,
        conditions: { host: "old.example.com" },
      },
      { from: "/app", to: "/beta", status: 302, conditions: { cookie: { beta: true } } },
    ]);
  });

  it("names the line of each rule, and of each that cannot be", () => {
    const text = [
      "/a /b",
      "",
      "/b /c 200",
      "/d",
      "/e /f 301 Role=admin",
      "/g /h 3x1",
      "/i/:x /j/:y",
      "/k k v /l",
      "/m https://user@x.example/",
    ].join("\n");
    const { rules, problems } = importRedirects({ file: "public/_redirects", text });
    expect(rules).toEqual([{ from: "/a", to: "/b", status: 301, source: "public/_redirects:1" }]);
    expect(problems.map(({ file, line, message }) => `${file}:${line}: ${message}`))
      .toMatchInlineSnapshot(`
      [
        "public/_redirects:3: A rewrite is not a redirect: got "200". Rewrites belong to spa-rewrite. Allowed: 301, 302, 303, 307, 308.",
        "public/_redirects:4: The target is missing: got "/d". It starts with "/", "http:" or "https:".",
        "public/_redirects:5: The condition Role is not supported: got "admin". Supported: Country, Language, and Cookie with one name.",
        "public/_redirects:6: The status is not one of a redirect: got "3x1". Allowed: 301, 302, 303, 307, 308.",
        "public/_redirects:7: rule.to names :y, which from does not capture: got "/j/:y". Captured: :x. Write %3A for a ":" that is meant as such.",
        "public/_redirects:8: A name and value is expected: got "k". Write name=value.",
        "public/_redirects:9: rule.to is not valid: got "https://user@x.example/". Allowed: an absolute http or https URL without user information, or a path that starts with a single "/"; percent-encoded.",
      ]
    `);
  });
});

describe("_redirects of Cloudflare", () => {
  it("is read strictly, rules without placeholder first", () => {
    const text = "/* /all\n/a /b 301\n/c/:x /d/:x 308\n# no\n";
    expect(rulesOf("_redirects", text, "cloudflare-redirects")).toEqual([
      { from: "/a", to: "/b", status: 301, trailingSlash: "strict" },
      { from: "/*", to: "/all", status: 302, trailingSlash: "strict" },
      { from: "/c/:x", to: "/d/:x", status: 308, trailingSlash: "strict" },
    ]);
  });

  it("refuses what is no redirect", () => {
    const text = "/a\n/b /c 200\n/d /e 301 x\n/f/*/g /h\nhttp:/ /i";
    expect(read("_redirects", text, "cloudflare-redirects").problems).toMatchInlineSnapshot(`
      [
        "1 Two or three words are expected: got "/a". Write path, target, and perhaps status.",
        "2 A rewrite is not a redirect: got "200". Rewrites belong to spa-rewrite. Allowed: 301, 302, 303, 307, 308.",
        "3 Two or three words are expected: got "/d /e 301 x". Write path, target, and perhaps status.",
        "4 rule.from is not a pattern: got "/f/*/g". * stands for the rest of the path: it can only be the last character.",
        "5 The path is not a URL: got "http:/". Give a path.",
      ]
    `);
  });
});

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

  it("names the heading's line, or the line that is no TOML", () => {
    const text =
      '[[redirects]]\nfrom = "/a"\nto = "/b"\n\n[[redirects]]\nfrom = "/c"\nto = "/d"\nsigned = "KEY"\n[[redirects]]\nto="/x"\n[[redirects]]\nfrom="/y"\nto="/z"\nconditions=[]\n';
    expect(read("netlify.toml", text).problems).toMatchInlineSnapshot(`
      [
        "5 signed is not supported: got "KEY". Supported: from, origin, to, destination, status, force, query, params, parameters, conditions.",
        "9 The path is missing. Give from.",
        "11 conditions is not a table: got []. Give values by name.",
      ]
    `);
    expect(read("netlify.toml", '[[redirects]]\nfrom = "/a\n').problems).toMatchInlineSnapshot(`
      [
        "2 The file is not TOML: Invalid TOML document: control characters are not allowed in strings.",
      ]
    `);
    expect(read("netlify.toml", "x = 1\nredirects = 1\n").problems).toMatchInlineSnapshot(`
      [
        "2 redirects is not a list. Write [[redirects]] before each.",
      ]
    `);
    expect(read("netlify.toml", "x = 1\n")).toEqual({ rules: [], problems: [] });
  });
});

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
  "trailingSlash": true,
  "redirects": [
    { "source": "/a/:id(\\\\d+)", "destination": "/b" },
    { "source": "/c", "destination": "/d", "has": [{ "type": "header", "key": "x", "value": "^a" }] },
    { "source": "/e", "destination": "/f", "missing": [{ "type": "host", "value": "x" }] },
    { "source": "/g", "destination": "/h", "locale": false },
    { "source": "/i", "destination": "/j", "statusCode": 200 },
    { "source": "/k" },
    7
  ]
}`;
    expect(read("vercel.json", text).problems).toMatchInlineSnapshot(`
      [
        "2 trailingSlash redirects too and is not supported. Write its redirects as redirects.",
        "4 The source has a pattern that is not supported: got "/a/:id(\\\\d+)". Supported: :name, and at the end :name* or (.*).",
        "5 The condition is not supported: got {"type":"header","key":"x","value":"^a"}. Supported: type host, header, cookie or query, with a value that is no regular expression.",
        "6 The condition is not supported: got {"type":"host","value":"x"}. Supported: type host, header, cookie or query, with a value that is no regular expression.",
        "7 locale is not supported: got false. Supported: source, destination, permanent, statusCode, has, missing.",
        "8 A rewrite is not a redirect: got 200. Rewrites belong to spa-rewrite. Allowed: 301, 302, 303, 307, 308.",
        "9 A redirect has not source and destination: got {"source":"/k"}. Give both as text.",
        "10 A redirect is not an object: got 7. Give an object.",
      ]
    `);
    expect(read("vercel.json", "{\n  x\n}").problems).toMatchInlineSnapshot(`
      [
        "2 The file is not JSON: InvalidSymbol.",
      ]
    `);
    expect(read("vercel.json", '{\n"redirects": {}}').problems).toMatchInlineSnapshot(`
      [
        "2 redirects is not a list. Give a list of redirects.",
      ]
    `);
  });
});

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
    expect(read("firebase.json", text).problems).toMatchInlineSnapshot(`
      [
        "3 The source has a glob that is not supported: got "/a{,/**}". Supported: :name, * as a whole segment, and at the end :name* or **.",
        "4 regex is not supported: got "/c". Supported: source, destination, type.",
        "5 The source has a glob that is not supported: got "/e/**/f". Supported: :name, * as a whole segment, and at the end :name* or **.",
      ]
    `);
    expect(read("firebase.json", '{"hosting":[{},{}]}').problems).toMatchInlineSnapshot(`
      [
        "1 hosting has several sites. Import the redirects of one: give a file with that site alone.",
      ]
    `);
  });
});

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
    expect(read("x.csv", "/a,/b\n\n/c\n/d,/e,200\n/f,/g,301,x\n").problems).toMatchInlineSnapshot(`
      [
        "3 Path or target is missing. Give both.",
        "4 A rewrite is not a redirect: got "200". Rewrites belong to spa-rewrite. Allowed: 301, 302, 303, 307, 308.",
        "5 The line has more columns than expected: got 4. Expected: from, to, status.",
      ]
    `);
    expect(read("x.csv", "from,to,colour\n/a,/b,red\n").problems).toMatchInlineSnapshot(`
      [
        "1 A column is not supported: got "colour". Supported: from, to, status, match, query, trailingSlash, cacheControl, host, country, language.",
      ]
    `);
    expect(read("x.csv", '/a,"/b\n').problems).toMatchInlineSnapshot(`
      [
        "1 The file is not CSV: Quote Not Closed: the parsing is finished with an opening quote at line 1.",
      ]
    `);
    expect(read("x.csv", "from,to,query\n/a,/b,pass\n").problems).toMatchInlineSnapshot(`
      [
        "2 rule.query is not valid: got "pass". Allowed: "keep", "merge", "drop".",
      ]
    `);
  });
});

describe("our own JSON", () => {
  it("is a list of rules, or an object with one; comments are read over", () => {
    const rule = { from: "/a", to: "/b", conditions: { time: { until: "2026-12-31T00:00:00Z" } } };
    expect(rulesOf("r.json", `[${JSON.stringify(rule)}, /* more */]`)).toEqual([rule]);
    expect(rulesOf("r.json", JSON.stringify({ rules: [rule] }))).toEqual([rule]);
  });

  it("names the line of what it cannot keep", () => {
    const text =
      '[\n  { "from": "/a", "to": "/b" },\n  { "from": "/a", "too": "/b" },\n  { "from": "/a", "to": "/b",\n    "status": 200 },\n  7\n]';
    expect(read("r.json", text).problems).toMatchInlineSnapshot(`
      [
        "3 A redirect has not from and to: got {"from":"/a","too":"/b"}. Give both as text.",
        "4 rule.status is not one of a redirect: got 200. Allowed: 301, 302, 303, 307, 308.",
        "6 A redirect is not an object: got 7. Give an object.",
      ]
    `);
    expect(read("r.json", "{}").problems).toMatchInlineSnapshot(`
      [
        "1 rules is missing. Give a list of redirects.",
      ]
    `);
    expect(read("r.json", "").problems).toMatchInlineSnapshot(`
      [
        "1 The file is not JSON: ValueExpected.",
      ]
    `);
  });
});

describe("a file of redirects", () => {
  it("that holds a line that cannot be imported is refused whole, with each such line", () => {
    expect(() => redirectRulesFrom({ file: "_redirects", text: "/a\n/b /c\n/d /e 404\n" }))
      .toThrowErrorMatchingInlineSnapshot(`
      [SecretRedirectOptionsError: _redirects:1: The target is missing: got "/a". It starts with "/", "http:" or "https:".
      _redirects:3: The status is not one of a redirect: got "404". Allowed: 301, 302, 303, 307, 308.]
    `);
  });

  it("that is not there is refused", () => {
    expect(() => readRedirectFile("/nowhere/_redirects")).toThrowErrorMatchingInlineSnapshot(
      `[SecretRedirectOptionsError: A file of redirects cannot be read: got "/nowhere/_redirects". Give the path of a file, relative to where the command runs.]`,
    );
  });

  it("whose name tells no format is refused", () => {
    expect(() =>
      importRedirects({ file: "redirects.txt", text: "" }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[SecretRedirectOptionsError: The name of a file of redirects tells no format: got "redirects.txt". Give format, one of json, csv, netlify-redirects, cloudflare-redirects, netlify-toml, vercel-json, firebase-json.]`,
    );
  });
});
