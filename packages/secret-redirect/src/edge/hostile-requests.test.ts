import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { propertyRuns } from "vitest-config/property-runs";
import { compileSecretRedirect } from "../compile/compile-secret-redirect.ts";
import type { RedirectConditions } from "../compile/redirect-rule.ts";
import { decideSecretRedirect } from "./decide-secret-redirect.ts";

const emptyCapture = fc.constantFrom(":splat", ":id", "", "a");
const separator = fc.constantFrom("/", "//", "///", "");

describe("a target on the same host", () => {
  it("never begins as a URL of another host, whatever is captured", () => {
    const pieces = fc.array(fc.tuple(separator, emptyCapture), { minLength: 1, maxLength: 4 });
    const uris = fc.constantFrom("/go", "/go/", "/go//", "/go/evil.example", "/go/%5Cevil.example");
    const queries = fc.constantFrom("id=", "id=evil.example", "id=%2Fevil.example", "id=\\evil");
    fc.assert(
      fc.property(pieces, uris, queries, (given, uri, querystring) => {
        const to = `/${given.flat().join("")}`;
        const rule = { from: "/go/*", to, conditions: { query: { id: ":id" } } };
        const compiled = (() => {
          try {
            return compileSecretRedirect({ rules: [rule] });
          } catch {
            return undefined;
          }
        })();
        if (compiled === undefined) return;
        const request = { uri, querystring, method: "GET", headers: {} };
        const { response } = decideSecretRedirect(compiled, request) ?? {};
        const location = response?.headers?.["location"]?.[0]?.value ?? "/";
        expect(location).not.toMatch(/^\/[/\\]/);
        expect(new URL(location, "https://www.example.com").host).toBe("www.example.com");
      }),
      propertyRuns(2000),
    );
  });

  it("with a placeholder before an empty splat stays there", () => {
    const compiled = compileSecretRedirect({
      rules: [{ from: "/x/*", to: "/:splat//evil.example" }],
    });
    const request = { uri: "/x", querystring: "", method: "GET", headers: {} };
    const { response } = decideSecretRedirect(compiled, request) ?? {};
    expect(response?.headers?.["location"]?.[0]?.value).toBe("/evil.example");
  });
});

it("a token is not passed on under a name with white space around it", () => {
  const compiled = compileSecretRedirect({
    rules: [
      { from: "/a", to: "/b", query: "keep", token: { in: "query", name: "key", value: "s3" } },
    ],
  });
  const request = { uri: "/a", querystring: "\u00a0key=s3&x=1", method: "GET", headers: {} };
  const { response } = decideSecretRedirect(compiled, request) ?? {};
  expect(response?.headers?.["location"]?.[0]?.value).toBe("/b?x=1");
});

describe("32 KB of the worst are read in one pass", () => {
  const worst = [
    " ",
    ";",
    ",",
    "=",
    "%",
    "&",
    ":",
    "/",
    "a;q=",
    "; ",
    ", ",
    "\u00a0",
    "%2",
    "/../",
  ].map((text) => text.repeat(Math.ceil(32_768 / text.length)));
  const conditions: RedirectConditions = {
    host: "x",
    country: "DE",
    language: "de",
    cookie: { a: "x" },
    header: { "x-a": "x" },
    query: { a: "x" },
  };
  const names = ["host", "cloudfront-viewer-country", "accept-language", "cookie", "x-a"];
  const rules = Object.entries(conditions).map(([name, value]) => ({
    from: "/*",
    to: "/:splat",
    conditions: { [name]: value },
  }));
  const compiled = compileSecretRedirect({ rules: [...rules, { from: "/*", to: "/b/:splat" }] });

  it.each(worst.map((text) => [text.slice(0, 4), text]))("%j …", (_, text) => {
    const headers = Object.fromEntries(names.map((key) => [key, [{ key, value: text }]]));
    // Reading that is quadratic takes a second each time: these would outlast the test.
    for (let time = 0; time < 20; time += 1) {
      const request = { uri: `/${text}`, querystring: text, method: "GET", headers };
      expect(decideSecretRedirect(compiled, request)?.rule).toBe(rules.length);
    }
  });
});
