import { describe, expect, it } from "vitest";
import { importRedirects } from "./import-redirects.ts";
import type { RedirectFormat } from "./redirect-source.ts";

const csv = (...lines: readonly string[]) => lines.join("\n");
const toml = (...lines: readonly string[]) => ["[[redirects]]", ...lines].join("\n");
const vercel = (redirect: unknown) => JSON.stringify({ redirects: [redirect] });
const firebase = (redirect: unknown) => JSON.stringify({ hosting: { redirects: [redirect] } });

/** What is said of a file, and what its remedies make of it. */
type Row = readonly [
  format: RedirectFormat,
  said: RegExp,
  wrong: string,
  ...right: readonly string[],
];

const rows: readonly Row[] = [
  [
    "cloudflare-redirects",
    /Two or three words are expected: .* path, target, and perhaps status/,
    "/a",
    "/a /b",
    "/a /b 301",
  ],
  ["cloudflare-redirects", /The path is not a URL: .* Give a path/, "https: /b", "/a /b"],
  [
    "netlify-redirects",
    /The target is missing: .* It starts with "\/", "http:" or "https:"/,
    "/a b",
    "/a /b",
    "/a https://example.com/",
  ],
  [
    "netlify-redirects",
    /A name and value is expected: .* Write name=value/,
    "/a x /b",
    "/a x=1 /b",
  ],
  [
    "netlify-redirects",
    /Paths below \/\.netlify are Netlify's own: .* Leave the rule out/,
    "/.netlify/x /b\n/a /b",
    "/a /b",
  ],
  [
    "netlify-redirects",
    /The condition Role is not supported: .* Supported: Country, Language, and Cookie with one name/,
    "/a /b 302 Role=admin",
    "/a /b 302 Country=de",
    "/a /b 302 Language=de",
    "/a /b 302 Cookie=beta",
  ],
  [
    "netlify-redirects",
    /The path is not a URL: .* Give a path, or a URL with a host/,
    "https: /b",
    "/a /b",
    "https://example.com/a /b",
  ],
  ["netlify-toml", /The file is not TOML/, "[[redirects", toml("from = '/a'", "to = '/b'")],
  [
    "netlify-toml",
    /redirects is not a list. Write \[\[redirects\]\] before each/,
    "[redirects]\nfrom = '/a'",
    toml("from = '/a'", "to = '/b'"),
  ],
  [
    "netlify-toml",
    /A redirect is not a table: .* Write \[\[redirects\]\] before each/,
    "redirects = [1]",
    toml("from = '/a'", "to = '/b'"),
  ],
  [
    "netlify-toml",
    /signed is not supported: .* Supported: from, origin, to/,
    toml("from = '/a'", "to = '/b'", "signed = 'X'"),
    toml("from = '/a'", "to = '/b'"),
  ],
  [
    "netlify-toml",
    /The path is missing. Give from/,
    toml("to = '/b'"),
    toml("from = '/a'", "to = '/b'"),
  ],
  [
    "netlify-toml",
    /The target is missing: .* Give to/,
    toml("from = '/a'"),
    toml("from = '/a'", "to = '/b'"),
  ],
  [
    "netlify-toml",
    /query is not a table: .* Give values by name/,
    toml("from = '/a'", "to = '/b'", "query = 'id'"),
    toml("from = '/a'", "to = '/b'", "query = { id = ':id' }"),
  ],
  [
    "netlify-toml",
    /conditions is not a table: .* Give values by name/,
    toml("from = '/a'", "to = '/b'", "conditions = 'de'"),
    toml("from = '/a'", "to = '/b'", "conditions = { Country = ['de'] }"),
  ],
  ["csv", /The file is not CSV/, 'from,to\n"/a,/b', "from,to\n/a,/b"],
  [
    "csv",
    /A column is not supported: got "when". Supported: from, to, status/,
    csv("from,to,when", "/a,/b,now"),
    csv("from,to,status", "/a,/b,301"),
  ],
  [
    "csv",
    /The line has more columns than expected: got 3. Expected: from, to/,
    csv("from,to", "/a,/b,301"),
    csv("from,to", "/a,/b"),
  ],
  ["csv", /Path or target is missing. Give both/, csv("from,to", "/a,"), csv("from,to", "/a,/b")],
  [
    "csv",
    /The path is not a URL: .* Give a path, or a URL with a host/,
    csv("from,to", "https:,/b"),
    csv("from,to", "/a,/b"),
    csv("from,to", "https://example.com/a,/b"),
  ],
  [
    "csv",
    /The regular expression is not supported: .* Supported: \^ and a path of text/,
    csv("source,target,regex,code", "^/a/(?:x|y)$,/b,1,301"),
    csv("source,target,regex,code", "^/a/([^/]+)/(.*)$,/b/$1/$2,1,301"),
  ],
  [
    "csv",
    /The redirect depends on more than the path: .* Supported: url in both/,
    csv("source,target,regex,code,type,match", "/a,/b,0,301,url,login"),
    csv("source,target,regex,code,type,match", "/a,/b,0,301,url,url"),
  ],
  ["json", /The file is not JSON/, "[", '[{"from": "/a", "to": "/b"}]'],
  [
    "json",
    /rules is missing. Give a list of redirects/,
    "{}",
    '{"rules": [{"from": "/a", "to": "/b"}]}',
  ],
  [
    "json",
    /is not a list. Give a list of redirects/,
    '{"rules": {}}',
    '{"rules": [{"from": "/a", "to": "/b"}]}',
  ],
  ["json", /A redirect is not an object: .* Give an object/, "[1]", '[{"from": "/a", "to": "/b"}]'],
  [
    "json",
    /A redirect has not from and to: .* Give both as text/,
    '[{"from": "/a"}]',
    '[{"from": "/a", "to": "/b"}]',
  ],
  [
    "vercel-json",
    /statusCodes is not supported: .* Supported: source, destination/,
    vercel({ source: "/a", destination: "/b", statusCodes: 1 }),
    vercel({ source: "/a", destination: "/b", statusCode: 308 }),
  ],
  [
    "vercel-json",
    /source and destination/,
    vercel({ source: "/a" }),
    vercel({ source: "/a", destination: "/b" }),
  ],
  [
    "firebase-json",
    /hosting has several sites. Import the redirects of one/,
    JSON.stringify({ hosting: [{}, {}] }),
    JSON.stringify({ hosting: [{ redirects: [{ source: "/a", destination: "/b" }] }] }),
  ],
  [
    "firebase-json",
    /A redirect has not source and destination: .* Give both as text/,
    firebase({ source: "/a" }),
    firebase({ source: "/a", destination: "/b" }),
  ],
  [
    "firebase-json",
    /The source has a glob that is not supported: .* Supported: :name, \{a,b\}, \* as a whole segment/,
    firebase({ source: "/a/*.html", destination: "/b" }),
    firebase({ source: "/a/:name", destination: "/b" }),
    firebase({ source: "/{a,b}", destination: "/c" }),
    firebase({ source: "/a/*", destination: "/b" }),
    firebase({ source: "/a/**", destination: "/b" }),
  ],
  [
    "csv",
    /The status .*|status is not/,
    csv("from,to,status", "/a,/b,299"),
    csv("from,to,status", "/a,/b,302"),
  ],
  [
    "vercel-json",
    /routes redirects too and is not supported. Write its redirects as redirects/,
    JSON.stringify({ routes: [{ src: "/a", status: 301 }] }),
    vercel({ source: "/a", destination: "/b" }),
  ],
  [
    "vercel-json",
    /The source has a pattern that is not supported: .* Supported: :name, and at the end :name\* or \(\.\*\)/,
    vercel({ source: "/a/(x|y)", destination: "/b" }),
    vercel({ source: "/a/:x", destination: "/b/:x" }),
    vercel({ source: "/a/:x*", destination: "/b/:x*" }),
    vercel({ source: "/a/(.*)", destination: "/b/$1" }),
  ],
  [
    "vercel-json",
    /The condition is not supported: .* Supported: type host, header, cookie or query, with a value that is no regular expression/,
    vercel({ source: "/a", destination: "/b", has: [{ type: "host", value: "(.*)" }] }),
    vercel({ source: "/a", destination: "/b", has: [{ type: "host", value: "a.example" }] }),
    vercel({ source: "/a", destination: "/b", has: [{ type: "cookie", key: "x" }] }),
  ],
  [
    "vercel-json",
    /The status is not one of a redirect: .* Allowed: 301, 302, 303, 307, 308/,
    vercel({ source: "/a", destination: "/b", statusCode: 299 }),
    vercel({ source: "/a", destination: "/b", statusCode: 303 }),
  ],
];

describe("a remedy is followed, and the file is imported whole", () => {
  it.each(rows)("%s: %s", (...row) => {
    const [format, said, wrong, ...right] = row as unknown as Row;
    const read = (text: string) => importRedirects({ file: "file", text, format });
    expect(read(wrong).problems.map(({ message }) => message)).toEqual([
      expect.stringMatching(said),
    ]);
    expect(right.length).toBeGreaterThan(0);
    for (const text of right) {
      const { rules, problems, leftovers } = read(text);
      expect({ text, problems, leftovers }).toEqual({ text, problems: [], leftovers: [] });
      expect(rules.length).toBeGreaterThan(0);
    }
  });
});
