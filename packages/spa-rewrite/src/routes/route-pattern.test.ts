import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { propertyRuns } from "vitest-config/property-runs";
import { routePattern } from "./route-pattern.ts";

const isDotSegment = (segment: string) => /^(?:\.|%2e){1,2}$/i.test(segment);

const group = fc.constantFrom(
  "\\d+",
  "\\d{1,3}",
  "\\d{4}-\\d{2}",
  "\\w*",
  "[a-z\\d\\-]+",
  "en|de|fr",
  "v\\d+|latest",
  "[^/.]+",
  "[^\\/]+?",
  "a?b",
  "(?:x|y)z*",
  "\\.env",
  ".*",
);
const text = fc.stringMatching(/^[\w\-.~!$&',;=@]{1,3}$/).filter((each) => !isDotSegment(each));
const name = fc.uniqueArray(fc.stringMatching(/^[a-z_$][\w$]{0,2}$/), {
  minLength: 5,
  maxLength: 5,
});
const matcher = fc.oneof(
  fc.constant(":NAME"),
  fc.constant("*"),
  group.map((each) => `:NAME(${each})`),
  group.map((each) => `(${each})`),
);
const modifier = fc.constantFrom("", "", "", "?", "+", "*");
const part = fc.oneof(
  { weight: 3, arbitrary: text.map((each) => `/${each}`) },
  fc.tuple(matcher, modifier).map(([each, sign]) => `/${each}${sign}`),
  fc.tuple(text, matcher).map(([before, each]) => `/${before}${each}`),
  fc.tuple(matcher, text).map(([each, after]) => `/${each}${after}`),
  fc.tuple(text, modifier).map(([each, sign]) => `{/${each}}${sign}`),
  fc.tuple(matcher, text, modifier).map(([each, after, sign]) => `{/${each}${after}}${sign}`),
);
const route = fc
  .tuple(fc.array(part, { minLength: 1, maxLength: 4 }), fc.constantFrom("", "/"), name)
  .map(([parts, end, names]) => {
    const left = [...names];
    return parts.join("").replaceAll("NAME", () => left.pop() ?? "z") + end;
  });
const filling = fc.constantFrom(
  "1",
  "42",
  "2024-05",
  "en",
  "v3",
  "ab",
  "b",
  "a.b",
  ".env",
  "",
  "xz",
  "A",
);

/** `undefined` where the route is refused. */
function compiled(pattern: string): RegExp | undefined {
  try {
    return new RegExp(`^${routePattern(pattern, "route")}$`);
  } catch {
    return undefined;
  }
}

/** Paths that have a fair chance to match: the route's own text, with something in each gap. */
function pathFor(pattern: string, fillings: readonly string[]): string {
  const left = [...fillings];
  return pattern
    .replaceAll(
      /:[\w$]+(?:\((?:[^()]|\([^)]*\))*\))?|\((?:[^()]|\([^)]*\))*\)|\*(?=[/}?+*]|$)/g,
      () => left.pop() ?? "",
    )
    .replaceAll(/[{}?+*]/g, "");
}

describe("routePattern", () => {
  it("matches what URLPattern matches", () => {
    const seen = { matched: 0, missed: 0, refused: 0 };
    fc.assert(
      fc.property(route, fc.array(filling, { minLength: 5, maxLength: 5 }), (pattern, fillings) => {
        const regexp = compiled(pattern);
        if (regexp === undefined) seen.refused += 1;
        fc.pre(regexp !== undefined);
        const path = pathFor(pattern, fillings);
        // URLPattern resolves dot segments; a function sees the path as the viewer sent it.
        fc.pre(!path.split("/").some(isDotSegment));
        const expected = new URLPattern({ pathname: pattern }).test({ pathname: path });
        expect({ pattern, path, matches: regexp?.test(path) }).toEqual({
          pattern,
          path,
          matches: expected,
        });
        seen[expected ? "matched" : "missed"] += 1;
      }),
      propertyRuns(4000),
    );
    // Both answers were really compared.
    expect(Math.min(seen.matched, seen.missed)).toBeGreaterThan(propertyRuns(500).numRuns);
  });

  it("takes no pathname that URLPattern refuses", () => {
    const pathname = fc.stringMatching(/^\/[a-z:{}()*?+/\\.\d[\]]{0,10}$/);
    fc.assert(
      fc.property(pathname, (each) => {
        if (compiled(each) === undefined) return;
        expect(() => new URLPattern({ pathname: each })).not.toThrow();
      }),
      propertyRuns(3000),
    );
  });

  it("ends soon on paths that keep a backtracking matcher busy", () => {
    const paths = [
      "/a".repeat(2000),
      `/${"a".repeat(4000)}`,
      `/${"1-".repeat(2000)}!`,
      "/".repeat(4000),
    ];
    fc.assert(
      fc.property(route, (pattern) => {
        const regexp = compiled(pattern);
        fc.pre(regexp !== undefined);
        for (const path of paths) regexp?.test(path);
      }),
      propertyRuns(500),
    );
  });

  it.each([
    { pattern: "/", source: "/" },
    { pattern: "/about", source: "/about" },
    { pattern: "/a.b/$c", source: "/a\\.b/\\$c" },
    { pattern: "/notes/:id", source: "/notes/[^/]+" },
    { pattern: "/notes/:id(\\d+)/edit", source: "/notes/\\d+/edit" },
    { pattern: "/:lang(en|de)/", source: "/(?:en|de)/" },
    { pattern: "/@:user", source: "/@[^/]+" },
    { pattern: "/:file.html", source: "/[^/]+\\.html" },
    { pattern: "/docs/*", source: "/docs/[^]*" },
    { pattern: "/docs{/*}?", source: "/docs(?:/[^]*)?" },
    { pattern: "/docs/**", source: "/docs(?:/[^]*)?" },
    { pattern: "{/:lang}?/about", source: "(?:/[^/]+)?/about" },
    { pattern: "{/:lang(de|en)}?/about", source: "(?:/(?:de|en))?/about" },
    { pattern: "/files/:path+", source: "/files(?:/[^/]+)+" },
    { pattern: "/caf\u00e9", source: "/caf\u00e9" },
    { pattern: "/caf%C3%A9", source: "/caf\u00e9" },
    { pattern: "/a b", source: "/a b" },
    { pattern: "/:id(x%20y)", source: "/x y" },
  ])("compiles $pattern", ({ pattern, source }) => {
    expect(routePattern(pattern, "route")).toBe(source);
  });
});

describe("routePattern refuses", () => {
  it.each([
    ["", 'routes[3] does not start with "/": got "". Write "/".'],
    ["notes", 'routes[3] does not start with "/": got "notes". Write "/notes".'],
    [
      "/a//b",
      'routes[3] is not a URLPattern pathname: got "/a//b". It has an empty segment; write one "/" between segments.',
    ],
    [
      "/a/../b",
      'routes[3] is not a URLPattern pathname: got "/a/../b". It has the segment "..", which a URL resolves; write the path that it leads to.',
    ],
    [
      "/%2E",
      'routes[3] is not a URLPattern pathname: got "/%2E". It has the segment "%2E", which a URL resolves; write the path that it leads to.',
    ],
    [
      "/..:id",
      'routes[3] is not a URLPattern pathname: got "/..:id". It has the segment "..", which a URL resolves; write the path that it leads to.',
    ],
    [
      "/:id/:id",
      'routes[3] is not a URLPattern pathname: got "/:id/:id". It has the name ":id" twice; give each its own.',
    ],
    [
      "/caf%c3%a9",
      'routes[3] is not a URLPattern pathname: got "/caf%c3%a9". It has "%c3", which matches nothing; write "%C3".',
    ],
    [
      "/%41",
      'routes[3] is not a URLPattern pathname: got "/%41". It has "%41", which matches nothing; write "A".',
    ],
    [
      "/100%",
      'routes[3] is not a URLPattern pathname: got "/100%". It has a "%" without two hexadecimal digits; write "%25" for the character itself.',
    ],
    [
      "/%FF",
      'routes[3] is not a URLPattern pathname: got "/%FF". Its percent-encoding is not UTF-8.',
    ],
    [
      "/:1",
      'routes[3] is not a URLPattern pathname: got "/:1". ":" cannot stand there; write "\\\\:" for the character itself.',
    ],
    ["/:id(", 'routes[3] is not a URLPattern pathname: got "/:id(". A "(" is not closed.'],
    [
      "/{a",
      'routes[3] is not a URLPattern pathname: got "/{a". A "{" is not closed by "}" after text, one name or group, and text.',
    ],
    [
      "/a?b=c",
      'routes[3] is not a URLPattern pathname: got "/a?b=c". It has a "? or +" where nothing can be closed or repeated.',
    ],
    [
      "/a}",
      'routes[3] is not a URLPattern pathname: got "/a}". It has a "}" where nothing can be closed or repeated.',
    ],
    [
      "/a\nb",
      'routes[3] is not a URLPattern pathname: got "/a\\nb". It has "\\n", which no path holds.',
    ],
    [
      "/:id()",
      'routes[3] has a regular expression that is not supported: got "/:id()". It is empty.',
    ],
    [
      "/:id(+)",
      'routes[3] has a regular expression that is not supported: got "/:id(+)". It is not a valid regular expression.',
    ],
    [
      "/:id(\\d{101})",
      'routes[3] has a regular expression that is not supported: got "/:id(\\\\d{101})". It repeats more than 100 times.',
    ],
    [
      "/:id(a$)",
      'routes[3] has a regular expression that is not supported: got "/:id(a$)". Not supported is what begins at "$": the path is matched decoded, and a group cannot look around itself.',
    ],
    [
      "/:a-:b",
      'routes[3] is not linear in the path, since two of its parts can take the same text, so that a long path would take very long: got "/:a-:b". Give each part characters of its own, as in "/:from(\\\\d+)-:to(\\\\d+)".',
    ],
  ])("%j", (pattern, message) => {
    expect(() => routePattern(pattern, "routes[3]")).toThrow(
      expect.objectContaining({ code: "INVALID_ROUTE", message }),
    );
  });

  it.each([
    ["what looks around itself", ["^a", "\\bword", "(?=a)b", "(?<=a)b", "(?!a).*", "\\1"]],
    [
      "what is not of the supported syntax",
      ["\\x41", "\\u0041", "\\p{L}", "[[a-z]--b]", "[a&&b]", "[\\w%]+", "(a)b", "%41"],
    ],
    ["what is not linear", ["(?:a|a)*", "(?:a?b?)*", ".*.*", "\\d+\\d+", "\\w*\\d*"]],
  ])("%s in a group", (_reason, groups) => {
    for (const each of groups) {
      expect(() => routePattern(`/:id(${each})`, "routes[0]")).toThrow(
        expect.objectContaining({ code: "INVALID_ROUTE" }),
      );
    }
  });

  it.each([
    "/*/a/*",
    "/:a*/:b*",
    "/*:a",
    "/a*b*",
    "{/a}?{/a}?{/a}?{/a}?{/a}?{/a}?{/a}?{/a}?{/a}?{/a}?",
  ])("%s, which is not linear", (pattern) => {
    expect(() => routePattern(pattern, "routes[0]")).toThrow(
      expect.objectContaining({
        code: "INVALID_ROUTE",
        message: expect.stringMatching(/linear|two ways/),
      }),
    );
  });

  it.each([7, null, undefined, ["/a"]])("%j, which is not a string", (pattern) => {
    expect(() => routePattern(pattern, "routes[0]")).toThrow(
      expect.objectContaining({ code: "INVALID_TYPE" }),
    );
  });
});
