import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { propertyRuns } from "vitest-config/property-runs";
import { sampleCacheBehavior } from "../../test/samples/cache-behavior.ts";
import { loadTemplate } from "../../test/samples/template.ts";
import type { Distribution } from "./distribution.ts";
import { pathPatternProblem, selectCacheBehavior } from "./path-pattern.ts";

const base = loadTemplate().distribution;

function distributionOf(...patterns: readonly string[]): Distribution {
  const behaviors = patterns.map((pathPattern) =>
    sampleCacheBehavior({}, { pathPattern, isDefault: false }),
  );
  return {
    ...base,
    cacheBehaviors: [...behaviors, sampleCacheBehavior({}, { pathPattern: "*", isDefault: true })],
  };
}

function selected(uri: string, ...patterns: readonly string[]): string {
  return selectCacheBehavior(distributionOf(...patterns), uri).pathPattern;
}

/** Whether the cache behavior of a pattern takes a path. */
function matches(pattern: string, path: string): boolean {
  const distribution = distributionOf(pattern);
  return selectCacheBehavior(distribution, path) === distribution.cacheBehaviors[0];
}

describe("a path pattern", () => {
  it.each<[string, string, string, boolean]>([
    ["CF-J-02: * stands for nothing", "/images/*", "/images/", true],
    ["CF-J-02: * stands for many characters", "/images/*.jpg", "/images/a.b.jpg", true],
    ["CF-J-02: * stands for slashes too", "/images/*.jpg", "/images/a/b.jpg", true],
    ["CF-J-02: ? stands for one character", "/a?c", "/abc", true],
    ["CF-J-02: ? does not stand for nothing", "*.doc?", "/a.doc", false],
    ["CF-J-02: ? does not stand for two", "*.doc?", "/a.docxx", false],
    ["CF-J-02: ? stands for a slash too", "/a?c", "/a/c", true],
    ["CF-J-02: ? may follow *", "*?.html", "/a.html", true],
    ["CF-J-02: *? needs a character", "/x*?", "/x", false],
    ["CF-J-03: a leading slash is optional", "images/*", "/images/a", true],
    ["CF-J-03: a leading slash before * means nothing", "/*product.jpg", "/product.jpg", true],
    ["CF-J-03: nor does its absence", "*product.jpg", "/x/product.jpg", true],
    ["CF-J-04: case matters", "*.jpg", "/LOGO.JPG", false],
    ["CF-J-12: subfolders are covered", "images/*", "/images/a/b", true],
    ["CF-J-12: but not the folder's name alone", "images/*", "/images", false],
    ["the whole path must match", "/a", "/a/b", false],
    ["a pattern is no prefix", "/index.html", "/index.html/", false],
    ["a dot is a dot", "/a.b", "/axb", false],
    ["the parts must not overlap", "ab*ba", "/aba", false],
    ["the last part may occur before", "*.js*.js", "/a.js/b.js", true],
    ["the parts come in order", "*b*a", "/ab", false],
    ["two stars are one", "/a**b", "/aXb", true],
    ["an exact pattern matches the root", "/", "/", true],
    ["* matches the root", "*", "/", true],
  ])("%s: %s, %s", (_name, pattern, path, expected) => {
    expect(matches(pattern, path)).toBe(expected);
  });

  it("matches as a regular expression of the same meaning does", () => {
    const character = fc.constantFrom("a", "b", "*", "?");
    fc.assert(
      fc.property(
        fc.string({ unit: character, maxLength: 8 }),
        fc.string({ unit: fc.constantFrom("a", "b", "c"), maxLength: 8 }),
        (pattern, path) => {
          const expression = pattern.replaceAll("*", ".*").replaceAll("?", ".");
          expect(matches(pattern, `/${path}`)).toBe(new RegExp(`^${expression}$`).test(path));
        },
      ),
      propertyRuns(8000),
    );
  });

  it("with many stars takes no longer on a long path that almost matches", () => {
    const pattern = `${"*a".repeat(126)}*b`;
    expect(matches(pattern, `/${"a".repeat(8000)}`)).toBe(false);
  });

  it("CF-J-06: has up to 255 of certain characters", () => {
    expect(pathPatternProblem(`AZaz09_-.*$/~"'@:+&?`)).toBeUndefined();
    expect(pathPatternProblem("a".repeat(255))).toBeUndefined();
    expect(pathPatternProblem("a".repeat(256))).toBe("is longer than 255 characters");
    expect(pathPatternProblem("")).toBe("must not be empty");
    for (const character of " %#[]{}|\\^ü,;=!()") {
      expect(pathPatternProblem(`/a${character}`)).toBe(
        "holds a character that path patterns may not have",
      );
    }
  });
});

describe("the cache behavior of a request", () => {
  it("CF-J-01: is the first whose path pattern matches", () => {
    const patterns = ["images/*.jpg", "images/*", "*.gif"];
    expect(selected("/images/sample.gif", ...patterns)).toBe("images/*");
    expect(selected("/images/sample.jpg", ...patterns)).toBe("images/*.jpg");
    expect(selected("/sample.gif", ...patterns)).toBe("*.gif");
  });

  it("CF-J-05: does not depend on the query string", () => {
    expect(selected("/a?x=/api/b", "/api/*", "/a")).toBe("/a");
  });

  it("CF-J-07, CF-J-14: is chosen by the normalised path", () => {
    expect(selected("/a/b/..?c=1", "/a/b*", "/a*")).toBe("/a*");
    expect(selected("//api//x", "/api/*")).toBe("/api/*");
    expect(selected("/public/../secret/x", "/public/*", "/secret/*")).toBe("/secret/*");
  });

  it("CF-J-08: is chosen by the decoded path where escapes stand for unreserved characters", () => {
    expect(selected("/%61pi/x", "/api/*")).toBe("/api/*");
    expect(selected("/public/%2e%2E/secret/x", "/public/*", "/secret/*")).toBe("/secret/*");
  });

  it("CF-J-09: is the default one where none matches", () => {
    expect(selected("/x", "/api/*")).toBe("*");
  });

  it("is there for whatever path a viewer sends", () => {
    const distribution = distributionOf("/api/*", "*.html");
    fc.assert(
      fc.property(fc.string({ unit: "binary-ascii" }), (path) => {
        const behavior = selectCacheBehavior(distribution, `/${path}`);
        expect(distribution.cacheBehaviors.includes(behavior)).toBe(true);
      }),
      propertyRuns(400),
    );
  });
});
