import { synthesizedCacheBehavior, synthesizedSite } from "edge-function-testing";
import { describe, expect, it } from "vitest";
import { compileSecretRedirect } from "./compile/compile-secret-redirect.ts";
import type { RedirectRule } from "./compile/redirect-rule.ts";
import { checkSynthesizedSite } from "./synth-check.ts";

const compiled = compileSecretRedirect({
  location: "https://example.com/",
  rules: [{ from: "/fr", to: "/fr.html", conditions: { header: { "x-fr": "1" } }, query: "drop" }],
});

it("refuses a condition on what does not reach the function", () => {
  expect(
    checkSynthesizedSite(
      compiled,
      synthesizedSite({ eventType: "origin-request", siteFiles: ["fr.html"] }),
    ),
  ).toEqual([{ severity: "error", message: expect.stringContaining("does not reach") as string }]);
});

it("finds nothing where the cache policy has it in the cache key", () => {
  const cachePolicy = {
    minTtlSeconds: 0,
    headers: ["x-fr"],
    cookies: "none",
    queryStrings: "all",
  } as const;
  const cacheBehaviors = [synthesizedCacheBehavior({ cachePolicy })];
  expect(
    checkSynthesizedSite(compiled, synthesizedSite({ cacheBehaviors, siteFiles: ["fr.html"] })),
  ).toEqual([]);
});

describe("where rules lead", () => {
  const findings = (rules: readonly RedirectRule[]) =>
    checkSynthesizedSite(
      compileSecretRedirect({ rules: rules.map((rule) => ({ query: "drop" as const, ...rule })) }),
      synthesizedSite({
        eventType: "origin-request",
        siteFiles: ["index.html", "docs/index.html"],
        siteHosts: ["www.example.com", "example.com"],
        isRoute: (path) => path.startsWith("/notes/"),
      }),
    );

  it.each<RedirectRule>([
    { from: "/a", to: "/docs?tab=1#top" },
    { from: "/a", to: "/notes/1" },
    { from: "/a", to: "https://elsewhere.example/gone" },
    { from: "/a/:x", to: "/b/:x" },
  ])("$to is fine", (rule) => {
    expect(findings([rule])).toEqual([]);
  });

  it("a path that the site does not have is told", () => {
    const rules = [
      { from: "/a", to: "/b" },
      { from: "/b", to: "/gone" },
    ];
    expect(findings(rules)).toEqual([
      {
        severity: "warning",
        message:
          'rule 0 "/a" leads to a path that rule 1 "/b" redirects again: /a -> /b -> /gone. Let it lead where rule 1 "/b" does: a viewer asks once less.',
      },
      {
        severity: "warning",
        message:
          'rule 0 "/a" leads to "/gone", which the site does not have. Add the page, or name another.',
      },
      {
        severity: "warning",
        message:
          'rule 1 "/b" leads to "/gone", which the site does not have. Add the page, or name another.',
      },
    ]);
  });

  it.each<readonly RedirectRule[]>([
    [
      { from: "/a", to: "/b" },
      { from: "/b", to: "/a/" },
    ],
    [{ from: "/*", to: "/en/:splat" }],
    [{ from: "/a/*", to: "/a/:splat" }],
    [{ from: "/blog/*", to: "/blog" }],
    [{ from: "/:page", to: "/home" }],
    [
      { from: "/a", to: "/b/", match: "prefix" },
      { from: "/b/*", to: "/a/:splat" },
    ],
    [
      { from: "/x/:p", to: "/y/:p" },
      { from: "/y/:p", to: "/x/:p" },
    ],
    [{ from: "/page-:n", to: "/page-0:n" }],
    [{ from: "/*", to: "https://www.example.com/:splat" }],
    [{ from: "/a", to: "https://WWW.example.com/a", conditions: { host: "www.example.com" } }],
    [{ from: "/a", to: "/a?x=1", conditions: { query: { x: true } } }],
  ])("%j leads in a circle, which stops the synth", (...rules) => {
    const found = findings(rules);
    expect(found.map(({ severity }) => severity)).toContain("error");
    expect(found.map(({ message }) => message).join()).toContain("leads in a circle");
  });

  it.each<readonly RedirectRule[]>([
    [{ from: "/*", to: "https://example.com/:splat", conditions: { host: "www.example.com" } }],
    [{ from: "/a/:x", to: "/a/:x?v=2", conditions: { query: { v: false } } }],
    [{ from: "/a/:x", to: "/a/:x", status: 303, conditions: { method: "POST" } }],
    [{ from: "/a/:x", to: "/a/:x", token: { in: "query", name: "key", value: "secret" } }],
    [{ from: "/*", to: "https://elsewhere.example/:splat" }],
    [{ from: "/a/:x", to: "/a/:x/", trailingSlash: "strict" }],
  ])("%j leads out of it", (...rules) => {
    const messages = findings(rules).map(({ message }) => message);
    expect(messages.filter((message) => message.includes("circle"))).toEqual([]);
  });

  it("what other rules take is told: duplicate, shadowed, over, hiding a file", () => {
    const rules: readonly RedirectRule[] = [
      { from: "/old/*", to: "/docs/" },
      { from: "/old/:name", to: "/docs/" },
      { from: "/old/*", to: "/docs" },
      { from: "/index.html", to: "/docs/" },
      { from: "/x", to: "/docs/", conditions: { time: { until: "2020-01-01T00:00:00Z" } } },
    ];
    expect(findings(rules).map(({ severity, message }) => `${severity} ${message}`)).toEqual([
      expect.stringMatching(/^warning rule 1 "\/old\/:name" is never reached: rule 0 "\/old\/\*"/),
      expect.stringMatching(/^warning rule 2 "\/old\/\*" is never reached: .* has the same from/),
      expect.stringMatching(/^warning rule 3 "\/index.html" hides a file of the site/),
      expect.stringMatching(/^warning rule 4 "\/x" is over/),
    ]);
  });
});
