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
      compileSecretRedirect({ rules: rules.map((rule) => ({ query: "drop", ...rule })) }),
      synthesizedSite({
        eventType: "origin-request",
        siteFiles: ["index.html", "docs/index.html"],
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
          'rule 0 "/a" leads to "/gone", which the site does not have. Add the page, or name another.',
      },
      {
        severity: "warning",
        message:
          'rule 1 "/b" leads to "/gone", which the site does not have. Add the page, or name another.',
      },
    ]);
  });

  it("a circle stops the synth", () => {
    const rules = [
      { from: "/a", to: "/b" },
      { from: "/b", to: "/a/" },
    ];
    expect(findings(rules).map(({ severity }) => severity)).toEqual(["error", "error"]);
  });
});
