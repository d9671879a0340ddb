import { describe, expect, it } from "vitest";
import { compileSecretRedirect } from "../compile/compile-secret-redirect.ts";
import type { RedirectConditions, RedirectToken } from "../compile/redirect-rule.ts";
import { decideSecretRedirect } from "./decide-secret-redirect.ts";

interface Asked {
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly querystring?: string;
  readonly method?: string;
}

function requestOf({ headers = {}, querystring = "", method = "GET" }: Asked) {
  const lines = Object.entries(headers).map(([name, values]) => [
    name,
    [values].flat().map((value) => ({ key: name, value })),
  ]);
  return { uri: "/a", querystring, method, headers: Object.fromEntries(lines) };
}

function holds(conditions: RedirectConditions, asked: Asked, now = 0): boolean {
  const compiled = compileSecretRedirect({ rules: [{ from: "/a", to: "/b", conditions }] });
  return decideSecretRedirect(compiled, requestOf(asked), { now: () => now }) !== undefined;
}

describe("a condition", () => {
  it.each<[RedirectConditions, Asked, boolean]>([
    [{ host: "www.example.com" }, { headers: { host: "WWW.Example.com:443" } }, true],
    [{ host: "WWW.example.com" }, { headers: { host: "www.example.com" } }, true],
    [{ host: ["a.example", "b.example"] }, { headers: { host: "b.example" } }, true],
    [{ host: "example.com" }, { headers: { host: "www.example.com" } }, false],
    [{ host: "example.com" }, {}, false],
    [{ country: ["de", "AT"] }, { headers: { "cloudfront-viewer-country": "AT" } }, true],
    [{ country: "DE" }, { headers: { "cloudfront-viewer-country": "FR" } }, false],
    [{ language: "de" }, { headers: { "accept-language": "de-AT,de;q=0.9,en;q=0.8" } }, true],
    [{ language: "de" }, { headers: { "accept-language": "en, de;q=0.9" } }, false],
    [{ language: "de" }, { headers: { "accept-language": "en;q=0.5, DE ; q=0.9" } }, true],
    [{ language: "de" }, { headers: { "accept-language": "den" } }, false],
    [{ language: "pt-BR" }, { headers: { "accept-language": "pt" } }, false],
    [{ language: "de" }, { headers: { "accept-language": ";;q=,," } }, false],
    [{ method: ["GET", "HEAD"] }, { method: "HEAD" }, true],
    [{ method: "POST" }, {}, false],
    [{ cookie: { beta: true } }, { headers: { cookie: "a=1; beta=" } }, true],
    [{ cookie: { beta: true } }, { headers: { cookie: "alphabeta=1" } }, false],
    [{ cookie: { beta: false } }, { headers: { cookie: "a=1" } }, true],
    [{ cookie: { beta: false } }, { headers: { cookie: "beta=1" } }, false],
    [{ cookie: { beta: ["on", "yes"] } }, { headers: { cookie: ["a=1", "beta=yes"] } }, true],
    [{ cookie: { beta: "a=b" } }, { headers: { cookie: "beta=a=b" } }, true],
    [{ header: { "X-Beta": "on" } }, { headers: { "x-beta": "on" } }, true],
    [{ header: { "x-beta": "on" } }, { headers: { "x-beta": "ON" } }, false],
    [{ header: { "x-beta": false } }, {}, true],
    [{ query: { id: "7" } }, { querystring: "a=1&id=7" }, true],
    [{ query: { id: "7" } }, { querystring: "%69d=%37" }, true],
    [{ query: { id: "7" } }, { querystring: "id=8&id=7" }, false],
    [{ query: { id: true } }, { querystring: "id" }, true],
    [{ query: { id: false } }, { querystring: "id" }, false],
    [{ query: { id: "%" } }, { querystring: "id=%" }, true],
    [{ query: { a: "1" }, cookie: { b: "2" } }, { querystring: "a=1" }, false],
    [
      { query: { a: "1" }, cookie: { b: "2" } },
      { querystring: "a=1", headers: { cookie: "b=2" } },
      true,
    ],
  ])("%j for %j: %s", (conditions, asked, expected) => {
    expect(holds(conditions, asked)).toBe(expected);
  });

  it("reads the viewer's host from the header that the options name", () => {
    const compiled = compileSecretRedirect({
      hostHeader: "X-Viewer-Host",
      rules: [{ from: "/a", to: "/b", conditions: { host: "a.example" } }],
    });
    const answered = (headers: Asked["headers"] = {}) =>
      decideSecretRedirect(compiled, requestOf({ headers })) !== undefined;
    expect(answered({ "x-viewer-host": "a.example" })).toBe(true);
    expect(answered({ host: "a.example" })).toBe(false);
  });

  it("of time holds from its first moment to before its last", () => {
    const time = { from: "2026-12-01T00:00:00Z", until: "2026-12-24T18:00:00+01:00" };
    const at = (moment: string) => holds({ time }, {}, Date.parse(moment));
    expect(at("2026-11-30T23:59:59.999Z")).toBe(false);
    expect(at("2026-12-01T00:00:00Z")).toBe(true);
    expect(at("2026-12-24T16:59:59.999Z")).toBe(true);
    expect(at("2026-12-24T17:00:00Z")).toBe(false);
  });

  it("captures a query parameter for the target, as one segment", () => {
    const rule = { from: "/store", to: "/item/:id#:id", conditions: { query: { id: ":id" } } };
    const compiled = compileSecretRedirect({ rules: [rule] });
    const location = (querystring: string) =>
      decideSecretRedirect(compiled, { uri: "/store", querystring, method: "GET", headers: {} })
        ?.response.headers?.["location"]?.[0]?.value;
    expect(location("id=7&utm=x")).toBe("/item/7?utm=x#7");
    expect(location("id=%2F%2Fe.example%0d")).toBe("/item/%2F%2Fe.example%0D#%2F%2Fe.example%0D");
    expect(location("id=\uD800")).toBe("/item/%EF%BF%BD#%EF%BF%BD");
    expect(location("utm=x")).toBeUndefined();
  });

  it("leads to the next rule when it does not hold", () => {
    const compiled = compileSecretRedirect({
      rules: [
        { from: "/a", to: "/de", conditions: { country: "DE" } },
        { from: "/a", to: "/at", conditions: { country: "AT" } },
        { from: "/*", to: "/all" },
      ],
    });
    const location = (country: string) =>
      decideSecretRedirect(
        compiled,
        requestOf({ headers: { "cloudfront-viewer-country": country } }),
      )?.response.headers?.["location"]?.[0]?.value;
    expect([location("DE"), location("AT"), location("FR")]).toEqual(["/de", "/at", "/all"]);
  });
});

describe("a token", () => {
  const tokens: readonly RedirectToken[] = [
    { in: "query", name: "key", value: "open sesame" },
    { in: "cookie", name: "key", value: "open sesame" },
    { in: "header", name: "X-Key", value: "open sesame" },
  ];
  const carrying: Readonly<Record<RedirectToken["in"], (value: string) => Asked>> = {
    query: (value) => ({ querystring: `a=1&key=${encodeURIComponent(value)}` }),
    cookie: (value) => ({ headers: { cookie: `a=1; key=${encodeURIComponent(value)}` } }),
    header: (value) => ({ headers: { "x-key": value } }),
  };

  it.each(tokens)("in the $in opens the path, and the response is stored nowhere", (token) => {
    const compiled = compileSecretRedirect({ location: "/b", token });
    const request = { ...requestOf(carrying[token.in]("open sesame")), uri: "/secret" };
    const { response } = decideSecretRedirect(compiled, request) ?? {};
    expect(response?.headers?.["location"]?.[0]?.value).toBe("/b");
    expect(response?.headers?.["cache-control"]?.[0]?.value).toBe("no-store");
  });

  it.each(tokens)("in the $in that is wrong, absent or empty: the path does not exist", (token) => {
    const compiled = compileSecretRedirect({ location: "/b", token });
    for (const value of ["", "open", "open sesame!", "OPEN SESAME", "\u0000"]) {
      const request = { ...requestOf(carrying[token.in](value)), uri: "/secret" };
      expect(decideSecretRedirect(compiled, request)).toBeUndefined();
    }
    expect(decideSecretRedirect(compiled, { ...requestOf({}), uri: "/secret" })).toBeUndefined();
  });

  it("that is wrong leads to the rule that any path would meet", () => {
    const compiled = compileSecretRedirect({
      location: "/b",
      token: tokens[0]!,
      rules: [{ from: "/*", to: "/404" }],
    });
    const answer = (uri: string, querystring: string) =>
      decideSecretRedirect(compiled, { uri, querystring, method: "GET", headers: {} })?.response;
    expect(answer("/secret", "key=wrong")).toEqual(answer("/nothing", "key=wrong"));
  });

  it("is not passed on, however the rule treats the query string", () => {
    const compiled = compileSecretRedirect({
      rules: [{ from: "/a", to: "/b", query: "keep", token: tokens[0]! }],
    });
    const request = requestOf({ querystring: "x=1&key=open%20sesame&%6bey=2&y=2" });
    const { response } = decideSecretRedirect(compiled, request) ?? {};
    expect(response?.headers?.["location"]?.[0]?.value).toBe("/b?x=1&y=2");
  });

  it("is compiled to its SHA-256 and nothing else, which may be given in its place", () => {
    const compiled = compileSecretRedirect({ location: "/b", token: tokens[0]! });
    const sha256 = "41ef4bb0b23661e66301aac36066912dac037827b4ae63a7b1165a5aa93ed4eb";
    expect(JSON.stringify(compiled)).not.toContain("sesame");
    expect(compiled.rules[0]?.when).toEqual([{ in: "query", name: "key", sha256 }]);
    const token: RedirectToken = { in: "query", name: "key", sha256: sha256.toUpperCase() };
    expect(compileSecretRedirect({ location: "/b", token })).toEqual(compiled);
  });
});
