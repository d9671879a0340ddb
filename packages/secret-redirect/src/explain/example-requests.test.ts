import { describe, expect, it } from "vitest";
import { compileSecretRedirect } from "../compile/compile-secret-redirect.ts";
import { exampleRequests } from "./example-requests.ts";
import type { RedirectRule } from "../compile/redirect-rule.ts";

const rules: readonly RedirectRule[] = [
  { from: "/old", to: "/new" },
  { from: "/caf\u00e9/:a.html", to: "/:a" },
  { from: "/a:b/*", to: "/exact", match: "exact" },
  { from: "/docs/*", to: "https://docs.example/:splat" },
  { from: "/help/", to: "/support", trailingSlash: "strict" },
  {
    from: "/",
    to: "/de/",
    conditions: { language: "de", cookie: { chosen: false, theme: "1;2" } },
  },
  { from: "/", to: "/www/", conditions: { host: "www.example.com", country: ["AT", "DE"] } },
  {
    from: "/store",
    to: "/items/:id",
    conditions: { query: { id: ":id" }, header: { "X-A": true } },
  },
  { from: "/form", to: "/sent", status: 303, conditions: { method: "POST" } },
  { from: "/sale", to: "/shop", conditions: { time: { until: "2001-01-01T00:00:00Z" } } },
  { from: "/soon", to: "/shop", conditions: { time: { from: "2999-01-01T00:00:00Z" } } },
];

describe("the example of each rule", () => {
  const examples = exampleRequests(compileSecretRedirect({ location: "/hidden", rules }));

  it.each(examples)("$rule.from is what decides on its example", ({ rule, explanation }) => {
    expect(explanation.rule).toEqual(rule);
    expect(explanation.result).toBeDefined();
  });

  it("leaves no rule out but those with a token", () => {
    expect(examples).toHaveLength(rules.length + 1);
    const token = { in: "header", name: "x-key", value: "hush" } as const;
    expect(exampleRequests(compileSecretRedirect({ location: "/hidden", token }))).toEqual([]);
  });

  it("tells of a rule that another one hides", () => {
    const hidden = compileSecretRedirect({
      rules: [
        { from: "/a/*", to: "/b" },
        { from: "/a/:x", to: "/c", source: "_redirects:2" },
      ],
    });
    expect(exampleRequests(hidden)[1]).toMatchObject({
      rule: { index: 1, from: "/a/:x", source: "_redirects:2" },
      request: { uri: "/a/x" },
      explanation: { rule: { index: 0 } },
    });
  });
});
