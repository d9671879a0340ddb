import { describe, expect, it } from "vitest";
import { compileSecretRedirect } from "./compile-secret-redirect.ts";
import type { RedirectRule } from "./redirect-rule.ts";
import { SecretRedirectOptionsError } from "../secret-redirect-options-error.ts";
import type { SecretRedirectOptions } from "./secret-redirect-options.ts";

function messageOf(options: unknown): string {
  try {
    compileSecretRedirect(options as SecretRedirectOptions);
  } catch (error) {
    if (error instanceof SecretRedirectOptionsError) return `${error.code} ${error.message}`;
    throw error;
  }
  return "accepted";
}

const token = { in: "query", name: "k" };
const wrong: Readonly<Record<string, unknown>> = {
  "no object": "/a",
  "an unknown option": { form: "/a", to: "/b" },
  "no from": { to: "/b" },
  "no to": { from: "/a" },
  "a from without slash": { from: "a", to: "/b" },
  "a from with a query string": { from: "/a?b", to: "/b" },
  "a from with half an encoding": { from: "/50%", to: "/b" },
  "a star in the middle": { from: "/a/*/b", to: "/b" },
  "two stars": { from: "/a**", to: "/b" },
  "two placeholders in a segment": { from: "/:a-:b", to: "/b" },
  "a placeholder twice": { from: "/:a/:a", to: "/b" },
  "a placeholder named splat": { from: "/:splat", to: "/b" },
  "a placeholder and a star in a segment": { from: "/:a*", to: "/b" },
  "an empty segment in a pattern": { from: "/a//:b", to: "/b" },
  "a dot segment in a pattern": { from: "/%2e%2e/:b", to: "/b" },
  "an unknown placeholder": { from: "/:slug", to: "/:slgu" },
  "a splat that is not captured": { from: "/:a", to: "/:a/:splat" },
  "a target without host": { from: "/a", to: "https:///b" },
  "a target with another host in the path": { from: "/a", to: "//evil.example" },
  "a target with a backslash": { from: "/a", to: "/\\evil.example" },
  "a target with a user": { from: "/a", to: "https://me@evil.example/" },
  "a target with a line break": { from: "/a", to: "/b\r\nset-cookie: a=b" },
  "a target with a host that is not ASCII": { from: "/a", to: "https://\u00E9.example/" },
  "a captured host": { from: "/:h", to: "https://:h/" },
  "a captured subdomain": { from: "/:h", to: "https://:h.example.com/" },
  "a captured port": { from: "/:p", to: "https://example.com::p/" },
  "a captured end of the host": { from: "/*", to: "https://example.com:splat" },
  "a captured scheme": { from: "/:s", to: ":s://example.com/" },
  "a status that does not redirect": { from: "/a", to: "/b", status: 200 },
  "an unknown match": { from: "/a", to: "/b", match: "regex" },
  "an unknown query": { from: "/a", to: "/b", query: "pass" },
  "an unknown trailing slash": { from: "/a", to: "/b", trailingSlash: true },
  "a Cache-Control with a line break": { from: "/a", to: "/b", cacheControl: "no-store\r\nx: y" },
  "a Cache-Control beside a token": {
    from: "/a",
    to: "/b",
    cacheControl: "no-cache",
    token: { ...token, value: "x" },
  },
  "a target that leads back": { from: "/a", to: "/%61/?x" },
  "a source that is no text": { from: "/a", to: "/b", source: 7 },
  "an unknown condition": { from: "/a", to: "/b", conditions: { contry: "DE" } },
  "a host with a scheme": { from: "/a", to: "/b", conditions: { host: "https://a.example" } },
  "a country in full": { from: "/a", to: "/b", conditions: { country: "Germany" } },
  "a language with a weight": { from: "/a", to: "/b", conditions: { language: "de;q=1" } },
  "an unknown method": { from: "/a", to: "/b", conditions: { method: ["GET", "get"] } },
  "no value": { from: "/a", to: "/b", conditions: { country: [] } },
  "a cookie without name": { from: "/a", to: "/b", conditions: { cookie: { "": "a" } } },
  "a header that every object has": {
    from: "/a",
    to: "/b",
    conditions: { header: { constructor: true } },
  },
  "a value that is a number": { from: "/a", to: "/b", conditions: { query: { a: 1 } } },
  "values without names": { from: "/a", to: "/b", conditions: { query: "a" } },
  "a time without zone": {
    from: "/a",
    to: "/b",
    conditions: { time: { from: "2026-12-01T00:00:00" } },
  },
  "a time that there is not": {
    from: "/a",
    to: "/b",
    conditions: { time: { from: "2026-13-01T00:00:00Z" } },
  },
  "a time without end": { from: "/a", to: "/b", conditions: { time: {} } },
  "a time that ends first": {
    from: "/a",
    to: "/b",
    conditions: { time: { from: "2026-12-02T00:00:00Z", until: "2026-12-01T00:00:00Z" } },
  },
  "a token without value": { from: "/a", to: "/b", token },
  "a token with both": { from: "/a", to: "/b", token: { ...token, value: "hush", sha256: "0" } },
  "an empty token": { from: "/a", to: "/b", token: { ...token, value: "" } },
  "a token that is no SHA-256": { from: "/a", to: "/b", token: { ...token, sha256: "abc" } },
  "a token nowhere": { from: "/a", to: "/b", token: { in: "body", name: "k", value: "hush" } },
  "a token without name": { from: "/a", to: "/b", token: { in: "header", value: "hush" } },
  "a token with an unknown option": { from: "/a", to: "/b", token: { ...token, valeu: "hush" } },
  "hosts that are not allowed": { from: "/:h", to: "https://:h/", allowedHosts: [] },
  "allowed hosts that do not fit": {
    from: "/:h",
    to: "https://:h.example.com/",
    allowedHosts: ["a.example.org"],
  },
  "allowed hosts without placeholder": {
    from: "/:h",
    to: "https://a.example/:h",
    allowedHosts: ["a.example"],
  },
};

describe("a rule is refused", () => {
  it.each(Object.entries(wrong))("with %s", (_, rule) => {
    expect(messageOf({ rules: [{ from: "/first", to: "/x" }, rule] })).toMatchSnapshot();
  });

  it("with the place where it was written", () => {
    const rule: RedirectRule = { from: "/a", to: "b", source: "_redirects:12" };
    expect(messageOf({ rules: [rule] })).toMatchInlineSnapshot(
      `"INVALID_LOCATION _redirects:12: to is not valid: got "b". Allowed: an absolute http or https URL without user information, or a path that starts with a single "/"; percent-encoded."`,
    );
  });

  it.each([{ sha256: "" }, { valeu: "x" }, { name: "" }, { sha256: "hush" }])(
    "without the token in the message: %j",
    (change) => {
      const rule = { from: "/a", to: "/b", token: { ...token, value: "a secret", ...change } };
      expect(messageOf({ rules: [rule] })).not.toMatch(/accepted|a secret/);
    },
  );
});

describe("the options are refused", () => {
  it.each([
    { rules: {} },
    { cacheControl: { 200: "no-store" } },
    { cacheControl: { 301: "a b c" } },
    { hostHeader: "x y" },
    { logSampleRate: 2 },
    { rules: [], path: "/secret" },
    { rules: [], location: "/x", token: {} },
    { location: "/secret/" },
    { location: "/%73ecret?again" },
  ])("%j", (options) => {
    expect(
      messageOf({
        ...(!("rules" in options) && !("location" in options) && { rules: [] }),
        ...options,
      }),
    ).toMatchSnapshot();
  });
});

describe("allowed hosts", () => {
  it("make one rule for each, and no other host is led to", () => {
    const { rules, tree } = compileSecretRedirect({
      rules: [
        {
          from: "/go/:site/*",
          to: "https://:site.example.com/:splat",
          allowedHosts: ["docs.example.com", "a.b.example.com"],
        },
        { from: "/:host", to: "https://:host/", allowedHosts: ["x.example"] },
      ],
    });
    expect(rules.map(({ from, to }) => [from, JSON.stringify(to)])).toEqual([
      ["/go/docs/*", '["https://docs.example.com/",{"segment":3,"splat":true}]'],
      ["/go/a.b/*", '["https://a.b.example.com/",{"segment":3,"splat":true}]'],
      ["/x.example", '"https://x.example/"'],
    ]);
    expect(Object.keys(tree.literals ?? {})).toEqual(["/go", "/x.example"]);
    expect(Object.keys(tree.literals?.["/go"]?.literals ?? {})).toEqual(["/docs", "/a.b"]);
  });
});
