import { describe, expect, it } from "vitest";
import type { RedirectRule } from "../compile/redirect-rule.ts";
import { analyzeRedirects } from "./analyze-redirects.ts";
import type { RedirectSite } from "./redirect-site.ts";

/** Findings as `place kind`. */
function kinds(rules: readonly RedirectRule[], site: RedirectSite = {}): string[] {
  return analyzeRedirects({ rules }, site).map(({ rule, kind }) => `${rule} ${kind}`);
}

describe("a rule that nothing reaches", () => {
  it.each<[string, RedirectRule[], string[]]>([
    [
      "the same path twice",
      [
        { from: "/a", to: "/1" },
        { from: "/%61/", to: "/2" },
      ],
      ["rules[1] duplicate"],
    ],
    [
      "the same pattern under another name",
      [
        { from: "/a/:x", to: "/1" },
        { from: "/a/:y", to: "/2" },
      ],
      ["rules[1] duplicate"],
    ],
    [
      "a path below a splat",
      [
        { from: "/a/*", to: "/1" },
        { from: "/a/b", to: "/2" },
      ],
      ["rules[1] shadowed"],
    ],
    [
      "a splat below a splat",
      [
        { from: "/a/*", to: "/1" },
        { from: "/a/:x/*", to: "/2" },
      ],
      ["rules[1] shadowed"],
    ],
    [
      "a path of a placeholder",
      [
        { from: "/:x/b", to: "/1" },
        { from: "/a/b", to: "/2" },
      ],
      ["rules[1] shadowed"],
    ],
    [
      "a part of a placeholder",
      [
        { from: "/:x", to: "/1" },
        { from: "/a:y", to: "/2" },
      ],
      ["rules[1] shadowed"],
    ],
    [
      "a longer part of a placeholder",
      [
        { from: "/a:x.h", to: "/1" },
        { from: "/ab:y.h", to: "/2" },
      ],
      ["rules[1] shadowed"],
    ],
    [
      "a path with a splat's begin",
      [
        { from: "/a*", to: "/1" },
        { from: "/ab/c", to: "/2" },
      ],
      ["rules[1] shadowed"],
    ],
    [
      "conditions that another does not ask for",
      [
        { from: "/a", to: "/1" },
        { from: "/a", to: "/2", conditions: { country: "DE" } },
      ],
      ["rules[1] shadowed"],
    ],
    [
      "the same conditions",
      [
        { from: "/a", to: "/1", conditions: { country: "DE" } },
        { from: "/a", to: "/2", conditions: { country: "de" } },
      ],
      ["rules[1] duplicate"],
    ],
    [
      "other conditions",
      [
        { from: "/a", to: "/1", conditions: { country: "DE" } },
        { from: "/a", to: "/2" },
      ],
      [],
    ],
    [
      "the narrower before the broader",
      [
        { from: "/a/b", to: "/1" },
        { from: "/a/:x", to: "/2" },
        { from: "/a/*", to: "/3" },
      ],
      [],
    ],
    [
      "a strict slash",
      [
        { from: "/a", to: "/1", trailingSlash: "strict" },
        { from: "/a/", to: "/2", trailingSlash: "strict" },
      ],
      [],
    ],
    [
      "strict before lenient",
      [
        { from: "/a", to: "/1", trailingSlash: "strict" },
        { from: "/a", to: "/2" },
      ],
      [],
    ],
    [
      "patterns that overlap only",
      [
        { from: "/:x/b", to: "/1" },
        { from: "/a/:y", to: "/2" },
      ],
      [],
    ],
    [
      "a splat that needs a slash",
      [
        { from: "/a/*", to: "/1", trailingSlash: "strict" },
        { from: "/a", to: "/2" },
      ],
      [],
    ],
  ])("%s", (_, rules, expected) => {
    const withoutChains = rules.map((rule) => ({ ...rule, to: `https://x.example${rule.to}` }));
    expect(kinds(withoutChains)).toEqual(expected);
  });

  it("is one whose time is over", () => {
    const rules = [
      { from: "/a", to: "/b", conditions: { time: { until: "2026-01-01T00:00:00Z" } } },
    ];
    const clock = { now: () => Date.parse("2026-01-01T00:00:00Z") };
    expect(analyzeRedirects({ rules }, { clock })).toEqual([
      {
        severity: "warning",
        kind: "unreachable",
        rule: "rules[0]",
        message: "rules[0] is over: its time ended at 2026-01-01T00:00:00.000Z. Take it out.",
      },
    ]);
    expect(kinds(rules, { clock: { now: () => 0 } })).toEqual([]);
  });
});

describe("where rules lead", () => {
  it.each<[string, RedirectRule[], string[]]>([
    [
      "two in a circle",
      [
        { from: "/a", to: "/b" },
        { from: "/b", to: "/a/" },
      ],
      ["rules[0] loop", "rules[1] loop"],
    ],
    ["a splat below itself", [{ from: "/a/*", to: "/a/b/:splat" }], ["rules[0] loop"]],
    ["a placeholder in its own pattern", [{ from: "/:x", to: "/y:x" }], ["rules[0] loop"]],
    ["a pattern to one of its paths", [{ from: "/*", to: "/index.html" }], ["rules[0] loop"]],
    ["our own host", [{ from: "/a", to: "https://www.example.com/a?x" }], ["rules[0] loop"]],
    ["another host", [{ from: "/a", to: "https://other.example.com/a" }], []],
    [
      "a chain",
      [
        { from: "/a", to: "/b?x#y" },
        { from: "/b", to: "/c" },
      ],
      ["rules[0] chain"],
    ],
    [
      "a chain over a pattern",
      [
        { from: "/a/:x", to: "/b/:x" },
        { from: "/b/*", to: "/c/:splat" },
      ],
      ["rules[0] chain"],
    ],
    [
      "a chain off the site",
      [
        { from: "/a", to: "/b" },
        { from: "/b", to: "https://o.example/" },
      ],
      ["rules[0] chain"],
    ],
    [
      "a circle for the viewers of one country",
      [
        { from: "/a", to: "/b" },
        { from: "/b", to: "/a", conditions: { country: "DE" } },
      ],
      ["rules[1] loop"],
    ],
    [
      "a rule that not all meet",
      [
        { from: "/a", to: "/b" },
        { from: "/b", to: "/c", conditions: { country: "DE" } },
      ],
      [],
    ],
    [
      "a circle that the same viewers meet",
      [
        { from: "/a", to: "/b", conditions: { country: "DE" } },
        { from: "/b", to: "/a", conditions: { country: "DE" } },
      ],
      ["rules[0] loop", "rules[1] loop"],
    ],
    ["a strict slash that is added", [{ from: "/a", to: "/a/", trailingSlash: "strict" }], []],
    [
      "a strict slash that is added and taken away",
      [
        { from: "/a", to: "/a/", trailingSlash: "strict" },
        { from: "/a/", to: "/a", trailingSlash: "strict" },
      ],
      ["rules[0] loop", "rules[1] loop"],
    ],
  ])("%s", (_, rules, expected) => {
    expect(kinds(rules, { siteHosts: ["www.example.com"] })).toEqual(expected);
  });

  it("is told with every step", () => {
    const rules = ["a", "b", "c"].map((name, at, all) => ({
      from: `/${name}`,
      to: `/${all[(at + 1) % 3]}`,
    }));
    expect(analyzeRedirects({ rules })[0]).toMatchObject({
      severity: "error",
      message:
        "rules[0] leads in a circle: /a -> /b -> /c -> /a. A viewer would be redirected for ever: let it lead elsewhere.",
    });
  });

  it("is somewhere on the site, as a file, a folder, a page without .html, or a route", () => {
    const targets = [
      "/",
      "/docs",
      "/docs/",
      "/about",
      "/a%20b.html",
      "/notes/1",
      "/gone",
      "/docs/gone",
    ];
    const rules = targets.map((to, index) => ({ from: `/old${index}`, to }));
    const site = {
      siteFiles: ["index.html", "docs/index.html", "about.html", "a b.html"],
      isRoute: (path: string) => path.startsWith("/notes/"),
    };
    expect(kinds(rules, site)).toEqual(["rules[6] missing-target", "rules[7] missing-target"]);
  });

  it("hides a file when it starts at one", () => {
    const rules = [
      { from: "/about.html", to: "/" },
      { from: "/index.htm", to: "/" },
    ];
    expect(kinds(rules, { siteFiles: ["index.html", "about.html"] })).toEqual([
      "rules[0] hidden-file",
    ]);
  });
});

it("a secret path and rules are analyzed together", () => {
  const findings = analyzeRedirects({
    location: "/home",
    rules: [
      { from: "/home", to: "/" },
      { from: "/secret/", to: "/x", source: "_redirects:7" },
    ],
  });
  expect(findings.map(({ rule, kind }) => `${rule} ${kind}`)).toEqual([
    "options chain",
    "_redirects:7 duplicate",
  ]);
});

it("ten thousand rules are analyzed", () => {
  const rules = Array.from({ length: 10_000 }, (_, index) => ({
    from: `/s${index}/:x`,
    to: `/t${index}/:x`,
  }));
  expect(analyzeRedirects({ rules })).toEqual([]);
});
