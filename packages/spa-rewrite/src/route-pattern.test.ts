import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { routePattern } from "./route-pattern.ts";

const isDotSegment = (segment: string) => /^(?:\.|%2e){1,2}$/i.test(segment);
const placeholder = /:(?<name>[\w$]+)(?:\([^)]*\))?/g;

const group = fc.constantFrom(
  "\\d+",
  "\\d{1,3}",
  "\\d{4}-\\d{2}",
  "\\w*",
  "[a-z\\d\\-]+",
  "en|de|fr",
  "v\\d+|latest",
  "[\\w.]+",
  "a?b",
  "x%20y",
  "\\.env",
);
const text = fc
  .stringMatching(/^(?:[\w\-.~!$&',;=@]|%[\dA-Fa-f]{2}){1,4}$/)
  .filter((each) => !isDotSegment(each));
const named = fc
  .tuple(fc.stringMatching(/^[a-z_$][\w$]{0,3}$/), fc.option(group))
  .map(([name, pattern]) => (pattern === null ? `:${name}` : `:${name}(${pattern})`));
const affix = fc.constantFrom("", ".", "-", "~v", ".json");
const segment = fc.oneof(
  text,
  fc.tuple(affix, named, affix).map((parts) => parts.join("")),
);
const route = fc
  .tuple(fc.array(segment, { minLength: 1, maxLength: 4 }), fc.constantFrom("", "/"))
  .map(([segments, end]) => `/${segments.join("/")}${end}`)
  .filter((each) => !each.includes("/.:"))
  .filter((each) => {
    const names = Array.from(each.matchAll(placeholder), ({ groups }) => groups?.["name"]);
    return new Set(names).size === names.length;
  });
const filling = fc.constantFrom(
  "1",
  "42",
  "12345",
  "2024-05",
  "en",
  "fr",
  "v3",
  "latest",
  "ab",
  "b",
  "x%20y",
  "a.b",
  "",
  "/",
  ".env",
  "-",
  "A",
  "a/b",
);

function matches(pattern: string, path: string): boolean {
  return new RegExp(`^${routePattern(pattern, "route")}$`).test(path);
}

describe("routePattern", () => {
  it("matches what URLPattern matches", () => {
    const seen = { matched: 0, missed: 0 };
    fc.assert(
      fc.property(route, fc.array(filling, { minLength: 4, maxLength: 4 }), (pattern, fillings) => {
        const left = [...fillings];
        const path = pattern.replaceAll(placeholder, () => left.pop() ?? "");
        // URLPattern resolves dot segments; a function sees the path as the viewer sent it.
        fc.pre(!path.split("/").some(isDotSegment));
        const expected = new URLPattern({ pathname: pattern }).test({ pathname: path });
        expect(matches(pattern, path)).toBe(expected);
        seen[expected ? "matched" : "missed"] += 1;
      }),
      { numRuns: 3000 },
    );
    // Both answers were really compared.
    expect(Math.min(seen.matched, seen.missed)).toBeGreaterThan(300);
  });

  it("takes only text that URLPattern takes as it is", () => {
    fc.assert(
      fc.property(text, (each) => {
        expect(new URLPattern({ pathname: `/${each}` }).pathname).toBe(`/${each}`);
        expect(matches(`/${each}`, `/${each}`)).toBe(true);
      }),
    );
  });

  it.each([
    { pattern: "/", source: "/" },
    { pattern: "/about", source: "/about" },
    { pattern: "/a.b/$c", source: "/a\\.b/\\$c" },
    { pattern: "/notes/:id", source: "/notes/[^/]+" },
    { pattern: "/notes/:id(\\d+)/edit", source: "/notes/(?:\\d+)/edit" },
    { pattern: "/:lang(en|de)/", source: "/(?:en|de)/" },
    { pattern: "/@:user", source: "/@[^/]+" },
    { pattern: "/:file.html", source: "/[^/]+\\.html" },
  ])("compiles $pattern", ({ pattern, source }) => {
    expect(routePattern(pattern, "route")).toBe(source);
  });

  it.each([
    { pattern: "", problem: 'does not start with "/": got "". Write "/".' },
    { pattern: "notes", problem: 'does not start with "/": got "notes". Write "/notes".' },
    {
      pattern: "/a//b",
      problem: 'has an empty segment: got "/a//b". Write one "/" between segments.',
    },
    {
      pattern: "/a/../b",
      problem: 'has the segment "..": got "/a/../b". Write the path that it leads to.',
    },
    {
      pattern: "/%2E",
      problem: 'has the segment "%2E": got "/%2E". Write the path that it leads to.',
    },
    {
      pattern: "/:id/:id",
      problem: 'has the name ":id" twice: got "/:id/:id". Give each its own name.',
    },
    {
      pattern: "/..:id",
      problem:
        'has ".." before a name, which URLPattern drops: got "/..:id". Write it into a regular expression, as in ":name(\\\\.\\\\w+)".',
    },
  ])("refuses $pattern: $problem", ({ pattern, problem }) => {
    expect(() => routePattern(pattern, "routes[3]")).toThrow(
      expect.objectContaining({ code: "INVALID_ROUTE", message: `routes[3] ${problem}` }),
    );
  });

  it.each([
    ["/docs/*", "docs/*"],
    ["/{a}?", "{a}?"],
    ["/(\\d+)", "(\\d+)"],
    ["/:id?", "?"],
    ["/:id+", "+"],
    ["/:a-:b", "-:b"],
    ["/:1", ":1"],
    ["/:", ":"],
    ["/:id(", "("],
    ["/:id()", "()"],
    ["/:id((a|b)c)", "((a|b)c)"],
    ["/:id(a/b)", "(a"],
    ["/a b", "a b"],
    ["/caf\u00E9", "caf\u00E9"],
    ["/a?b=c", "a?b=c"],
    ["/a#b", "a#b"],
    ["/100%", "100%"],
    ["/a\\:b", "a\\"],
    ["/a\nb", "a\nb"],
  ])("refuses %j: %j is not text", (pattern, found) => {
    expect(() => routePattern(pattern, "routes[0]")).toThrow(
      expect.objectContaining({
        code: "INVALID_ROUTE",
        message: expect.stringContaining(JSON.stringify(found).slice(1, -1)),
      }),
    );
  });

  it.each([
    ["matches beyond its segment", [".*", ".+", "[^x]+", "\\D+", "\\W", "\\S+", "a.b"]],
    ["is not linear in the path", ["\\d+\\d+", "\\w*\\d*", "\\d{1,9}\\d?", "[a-z]+[a-z]+"]],
    ["needs more than the segment", ["^a", "a$", "\\bword", "\\1", "\\x41"]],
    ["repeats too often", ["\\d{100}", "\\d{1,100}"]],
    ["is no regular expression", ["+", "a++", "[z-a]", "[]", "\\d{3,1}", "[a..b]", "[a-z-]"]],
  ])("refuses a regular expression that %s", (_reason, groups) => {
    for (const each of groups) {
      expect(() => routePattern(`/:id(${each})`, "routes[0]")).toThrow(
        expect.objectContaining({
          code: "INVALID_ROUTE",
          message: expect.stringContaining(
            `routes[0] has the regular expression ${JSON.stringify(each)}: got`,
          ),
        }),
      );
    }
  });
});
