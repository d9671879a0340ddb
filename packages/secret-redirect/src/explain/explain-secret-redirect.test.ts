import { describe, expect, it } from "vitest";
import { compileSecretRedirect } from "../compile/compile-secret-redirect.ts";
import { explainSecretRedirect } from "./explain-secret-redirect.ts";
import type { RedirectRule } from "../compile/redirect-rule.ts";

const rules: RedirectRule[] = [
  {
    from: "/shop/*",
    to: "https://de.example/:splat",
    conditions: { host: "www.example.com", country: ["DE", "AT"] },
  },
  { from: "/shop/:item", to: "/items/:item", source: "_redirects:4" },
  { from: "/private", to: "/inside", token: { in: "cookie", name: "key", value: "hush" } },
  {
    from: "/sale",
    to: "/shop",
    conditions: { time: { from: "2026-12-01T00:00:00Z" }, cookie: { seen: false } },
  },
];
const compiled = compileSecretRedirect({ location: "/hidden", rules });

describe("explain", () => {
  it("names the rule, the reason and the result", () => {
    expect(explainSecretRedirect(compiled, "/%73ecret/?a=b")).toEqual({
      path: "/secret/",
      rule: { index: 0, from: "/secret" },
      reason: '"/secret" is the first rule that matches /secret/.',
      result: {
        status: "302",
        location: "/hidden",
        cacheControl: "public, max-age=0, s-maxage=60",
      },
      skipped: [],
    });
  });

  it("names the rules before it that ask for more", () => {
    expect(explainSecretRedirect(compiled, "https://www.example.com/shop/tea")).toMatchObject({
      rule: { index: 2, from: "/shop/:item", source: "_redirects:4" },
      result: { location: "/items/tea" },
      skipped: [
        {
          rule: { index: 1, from: "/shop/*" },
          reason: 'It asks for the header cloudfront-viewer-country to be "DE" or "AT".',
        },
      ],
    });
  });

  it("takes a whole request", () => {
    const request = {
      uri: "/private",
      querystring: "",
      method: "GET",
      headers: { cookie: [{ key: "Cookie", value: "key=hush" }] },
    };
    expect(explainSecretRedirect(compiled, request).reason).toBe(
      '"/private" is the first rule that matches /private, and all its conditions hold.',
    );
  });

  it.each([
    ["/nothing", "No rule matches /nothing: the request passes untouched.", []],
    [
      "/private?key=wrong",
      "The rules that match /private ask for more than the request has: it passes untouched.",
      ["It asks for the cookie key with the right token."],
    ],
    [
      "/sale",
      "The rules that match /sale ask for more than the request has: it passes untouched.",
      ["It asks for a time from 2026-12-01T00:00:00.000Z."],
    ],
  ])("says why %s passes", (uri, reason, skipped) => {
    const explanation = explainSecretRedirect(compiled, uri, { now: () => 0 });
    expect(explanation).toMatchObject({ rule: undefined, result: undefined, reason });
    expect(explanation.skipped.map((each) => each.reason)).toEqual(skipped);
  });

  it.each(rules.map((rule, index) => [rule.from, index + 1] as const))(
    "finds %s, rule %i, among the rules that match its own sample",
    (from, index) => {
      const sample = from.replace(/:\w+/, "sample").replace("*", "sample");
      const { rule, skipped } = explainSecretRedirect(compiled, sample);
      expect([rule?.index, ...skipped.map((each) => each.rule.index)]).toContain(index);
    },
  );
});
