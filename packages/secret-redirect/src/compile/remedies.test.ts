import { describe, expect, it } from "vitest";
import { SecretRedirectOptionsError } from "../secret-redirect-options-error.ts";
import { compileSecretRedirect } from "./compile-secret-redirect.ts";
import type { RedirectRule } from "./redirect-rule.ts";

const location = "https://example.com/";
const rule = (changes: object) => ({ rules: [{ from: "/a", to: "/b", ...changes }] });
const when = (conditions: object) => rule({ conditions });
const token = (changes: object) =>
  rule({ token: { in: "query", name: "key", value: "0123456789", ...changes } });
const overlapping = (count: number): readonly RedirectRule[] =>
  Array.from({ length: 2 ** count }, (_, index) => ({
    from: `/${Array.from({ length: count }, (_each, at) => ((index >> at) & 1 ? `:p${at}` : "x")).join("/")}`,
    to: "https://example.com/",
  }));

/** What is said, what it is said of, and what its remedies make of that. */
type Row = readonly [said: RegExp, wrong: unknown, ...right: readonly unknown[]];

const rows: readonly Row[] = [
  [/The options are not an object: .* Allowed: path, location/, undefined, { location }],
  [/locaton is not an option: .* Did you mean location\?/, { locaton: "/x" }, { location: "/x" }],
  [
    /cacheControl is not an object: .* Give values by status: 301/,
    { location, cacheControl: "no-store" },
    { location, cacheControl: { 301: "no-store" } },
  ],
  [
    /cacheControl is not one of a redirect: .* Allowed: 301, 302, 303, 307, 308/,
    { location, cacheControl: { 200: "no-store" } },
    { location, cacheControl: { 307: "no-store" } },
  ],
  [
    /cacheControl\[301\] is not a Cache-Control: .* as in "public, max-age=0, s-maxage=60"/,
    { location, cacheControl: { 301: "a day" } },
    { location, cacheControl: { 301: "public, max-age=0, s-maxage=60" } },
  ],
  [
    /hostHeader names no header: .* Give the name alone/,
    { location, hostHeader: "x-host: a" },
    { location, hostHeader: "x-host" },
  ],
  [
    /logSampleRate is not valid: .* Allowed: 0 to 1/,
    { location, logSampleRate: 2 },
    { location, logSampleRate: 1 },
  ],
  [
    /rules is not a list: .* as in \[\{ "from": "\/old", "to": "\/new" \}\]/,
    { rules: {} },
    { rules: [{ from: "/old", to: "/new" }] },
  ],
  [
    /path is not a string: .* as in "\/secret"/,
    { location, path: 1 },
    { location, path: "/secret" },
  ],
  [
    /path is not the path of a request: .* It starts with "\/", has no query string/,
    { location, path: "secret?x" },
    { location, path: "/secret" },
  ],
  [
    /location is not a string: .* as in "https:\/\/example.com\/"/,
    { path: "/secret" },
    { path: "/secret", location },
  ],
  [
    /location is not valid: .* Allowed: an absolute http or https URL/,
    { location: "//example.com" },
    { location },
    { location: "/x" },
  ],
  [
    /location is not valid: .* Punycode: "https:\/\/xn--bcher-kva\.example\/"/,
    { location: "https://bücher.example/" },
    { location: "https://xn--bcher-kva.example/" },
  ],
  [
    /location leads back to path: .* name another path/,
    { location: "/secret/" },
    { location: "/other" },
  ],
  [
    /status is not one of a redirect: .* Allowed: 301, 302/,
    { location, status: 200 },
    { location, status: 301 },
  ],
  [
    /rules\[0\]\.source is not a string: .* as in "_redirects:12"/,
    rule({ source: 12 }),
    rule({ source: "_redirects:12" }),
  ],
  [
    /rules\[0\]\.from is not a string: .* as in "\/old"/,
    rule({ from: undefined }),
    rule({ from: "/old" }),
  ],
  [
    /rules\[0\]\.to is not a string: .* as in "https:\/\/example.com\/"/,
    rule({ to: undefined }),
    rule({ to: location }),
  ],
  [/rules\[0\]\.status is not one of a redirect/, rule({ status: 404 }), rule({ status: 308 })],
  [
    /rules\[0\]\.match is not valid: .* Allowed: "exact", "prefix", "pattern"/,
    rule({ match: "glob" }),
    rule({ match: "prefix" }),
  ],
  [
    /rules\[0\]\.query is not valid: .* Allowed: "keep", "merge", "drop"/,
    rule({ query: true }),
    rule({ query: "merge" }),
  ],
  [
    /rules\[0\]\.trailingSlash is not valid: .* Allowed: "ignore", "strict"/,
    rule({ trailingSlash: "add" }),
    rule({ trailingSlash: "strict" }),
  ],
  [
    /rules\[0\]\.cacheControl is not a Cache-Control/,
    rule({ cacheControl: "1 day" }),
    rule({ cacheControl: "public, max-age=0, s-maxage=60" }),
  ],
  [
    /cacheControl stands beside a token: .* leave cacheControl out/,
    rule({ cacheControl: "no-store", token: { in: "query", name: "k", value: "12345678" } }),
    token({}),
  ],
  [
    /rules\[0\]\.to leads back to from: .* name another path/,
    rule({ to: "/a/" }),
    rule({ to: "/c" }),
  ],
  [
    /rules\[0\]\.from is not the path of a request: .* Host and query string are conditions/,
    rule({ from: "https://example.com/a?x=1" }),
    rule({ conditions: { host: "example.com", query: { x: "1" } } }),
  ],
  [/its "%" begin two hexadecimal digits/, rule({ from: "/100%" }), rule({ from: "/100%25" })],
  [
    /\* stands for the rest of the path: it can only be the last character/,
    rule({ from: "/a/*/b" }),
    rule({ from: "/a/*" }),
  ],
  [/A segment can have one placeholder/, rule({ from: "/:a-:b" }), rule({ from: "/:a" })],
  [/No request matches an empty segment/, rule({ from: "/a//:b" }), rule({ from: "/a/:b" })],
  [/:x stands twice: give each its own name/, rule({ from: "/:x/:x" }), rule({ from: "/:x/:y" })],
  [/A placeholder cannot be named :splat/, rule({ from: "/:splat" }), rule({ from: "/*" })],
  [/A placeholder and \* cannot share a segment/, rule({ from: "/:x*" }), rule({ from: "/:x/*" })],
  [
    /\* stands for the rest of the path: it can stand once/,
    rule({ from: "/a**" }),
    rule({ from: "/a*" }),
  ],
  [
    /names :y, which from does not capture: .* Captured: :x\. Write %3A/,
    rule({ from: "/:x", to: "/b/:y" }),
    rule({ from: "/:x", to: "/b/:x" }),
    rule({ from: "/:x", to: "/b/%3Ay" }),
  ],
  [
    /rules\[0\]\.to is not valid: .* Allowed: an absolute http or https URL/,
    rule({ to: "ftp://example.com/" }),
    rule({ to: "http://example.com/" }),
    rule({ to: "/c" }),
  ],
  [
    /rules\[0\]\.to is not valid: .* Punycode: "https:\/\/xn--e1afmkfd\.xn--p1ai\/путь"/,
    rule({ to: "https://пример.рф/путь" }),
    rule({ to: "https://xn--e1afmkfd.xn--p1ai/путь" }),
  ],
  [
    /takes its host from the request: .* list the hosts in allowedHosts/,
    rule({ from: "/:s", to: "https://:s.example.com/" }),
    rule({ from: "/:s", to: "https://:s.example.com/", allowedHosts: ["docs.example.com"] }),
  ],
  [
    /allowedHosts is not a list of host names: .* as in \["docs.example.com"\]/,
    rule({ from: "/:s", to: "https://:s.example.com/", allowedHosts: "docs" }),
    rule({ from: "/:s", to: "https://:s.example.com/", allowedHosts: ["docs.example.com"] }),
  ],
  [
    /allowedHosts is not a list of host names: .* Punycode: "a\.xn--bcher-kva\.example"/,
    rule({
      from: "/:s",
      to: "https://:s.xn--bcher-kva.example/",
      allowedHosts: ["a.bücher.example"],
    }),
    rule({
      from: "/:s",
      to: "https://:s.xn--bcher-kva.example/",
      allowedHosts: ["a.xn--bcher-kva.example"],
    }),
  ],
  [
    /has not exactly one placeholder of from: .* Leave it out, or write the host with one placeholder/,
    rule({ from: "/:s", to: "/b/:s", allowedHosts: ["a.example.com"] }),
    rule({ from: "/:s", to: "/b/:s" }),
    rule({ from: "/:s", to: "https://:s.example.com/", allowedHosts: ["a.example.com"] }),
  ],
  [
    /does not fit the host :s\.example\.com: .* Give hosts that the placeholder can make/,
    rule({ from: "/:s", to: "https://:s.example.com/", allowedHosts: ["a.example.org"] }),
    rule({ from: "/:s", to: "https://:s.example.com/", allowedHosts: ["a.example.com"] }),
  ],
  [
    /conditions\.hosts is not an option: .* Did you mean host\?/,
    when({ hosts: "a.example" }),
    when({ host: "a.example" }),
  ],
  [
    /conditions\.host is not valid: .* as in "www\.example\.com"/,
    when({ host: "https://a.example" }),
    when({ host: "www.example.com" }),
  ],
  [
    /conditions\.host is not valid: .* Punycode: "xn--bcher-kva\.example"/,
    when({ host: "bücher.example" }),
    when({ host: "xn--bcher-kva.example" }),
  ],
  [
    /conditions\.country is not valid: .* as in "DE"/,
    when({ country: "Germany" }),
    when({ country: "DE" }),
  ],
  [
    /conditions\.language is not valid: .* as in "de" or "pt-BR"/,
    when({ language: "de_AT" }),
    when({ language: "pt-BR" }),
  ],
  [
    /conditions\.method is not valid: .* GET, HEAD, OPTIONS, PUT, POST, PATCH, DELETE/,
    when({ method: "get" }),
    when({ method: ["GET", "HEAD"] }),
  ],
  [
    /conditions\.query is not an object: .* Give values by name/,
    when({ query: "a=1" }),
    when({ query: { a: "1" } }),
  ],
  [
    /conditions\.cookie names no cookie: .* Give the name alone/,
    when({ cookie: { "a=1": true } }),
    when({ cookie: { a: "1" } }),
  ],
  [
    /conditions\.header\.x is not valid: .* Give a value, a list of values, true for any value or false for none/,
    when({ header: { x: 1 } }),
    when({ header: { x: "1" } }),
    when({ header: { x: ["1"] } }),
    when({ header: { x: true } }),
    when({ header: { x: false } }),
  ],
  [
    /conditions\.time has no end: .* Give from, until, or both/,
    when({ time: {} }),
    when({ time: { from: "2026-12-01T00:00:00Z" } }),
  ],
  [
    /conditions\.time is over before it begins: .* Let until be later than from/,
    when({ time: { from: "2026-12-02T00:00:00Z", until: "2026-12-01T00:00:00Z" } }),
    when({ time: { from: "2026-12-01T00:00:00Z", until: "2026-12-02T00:00:00Z" } }),
  ],
  [
    /conditions\.time\.from is not a moment: .* as in "2026-12-01T00:00:00Z"/,
    when({ time: { from: "2026-12-01" } }),
    when({ time: { from: "2026-12-01T00:00:00Z" } }),
  ],
  [
    /token needs either value or sha256. Give exactly one of them/,
    token({ value: undefined }),
    token({}),
  ],
  [
    /token\.value is not a string with at least one character/,
    token({ value: "" }),
    token({ value: "secret" }),
  ],
  [
    /token\.sha256 is that of an empty text/,
    token({
      value: undefined,
      sha256: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    }),
    token({ value: undefined, sha256: "a".repeat(64) }),
  ],
  [
    /token\.sha256 is not valid: .* 64 hexadecimal digits/,
    token({ value: undefined, sha256: "abc" }),
    token({ value: undefined, sha256: "a".repeat(64) }),
  ],
  [
    /token is not an object\. Allowed: in, name, value, sha256/,
    rule({ token: "secret" }),
    token({}),
  ],
  [
    /token\.in is not valid: .* Allowed: "query", "cookie", "header"/,
    token({ in: "path" }),
    token({ in: "cookie" }),
  ],
  [
    /token\.name names no header: .* Give the name alone/,
    token({ in: "header", name: "x y" }),
    token({ in: "header", name: "x-y" }),
  ],
  [
    /rules overlap too much: .* Let fewer patterns have a placeholder where others have text/,
    { rules: overlapping(8) },
    { rules: overlapping(7) },
  ],
];

describe("a remedy is followed, and the options are taken", () => {
  it.each(rows)("%s", (said, wrong, ...right) => {
    expect(() => compileSecretRedirect(wrong as never)).toThrow(SecretRedirectOptionsError);
    expect(() => compileSecretRedirect(wrong as never)).toThrow(said);
    expect(right.length).toBeGreaterThan(0);
    for (const each of right) expect(() => compileSecretRedirect(each as never)).not.toThrow();
  });
});
