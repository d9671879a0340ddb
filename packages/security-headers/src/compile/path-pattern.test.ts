import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { propertyRuns } from "vitest-config/property-runs";
import { compilePathPattern } from "./path-pattern.ts";

/** Slow and obvious: every split of the path is tried. */
function matches(pattern: string, path: string): boolean {
  const [first] = pattern;
  if (first === undefined) return path === "";
  if (first === "*") {
    return [...path, ""].some((_character, index) => matches(pattern.slice(1), path.slice(index)));
  }
  return (
    path !== "" && (first === "?" || first === path[0]) && matches(pattern.slice(1), path.slice(1))
  );
}

function compiled(pattern: string, path: string): boolean {
  const source = compilePathPattern(pattern, "pathPattern");
  return source === undefined ? pattern === path : new RegExp(source).test(path);
}

describe("compilePathPattern", () => {
  it.each([
    ["/embed/*", "/embed/", true],
    ["/embed/*", "/embed", false],
    ["*.pdf", "/a/b.pdf", true],
    ["*.pdf", "/a/b.pdf.html", false],
    ["/a?c", "/abc", true],
    ["/a?c", "/ac", false],
    ["/A*", "/a", false],
    ["/a.b", "/axb", false],
    ["*ab*b", "ab", false],
    ["/a+(b)*", "/a+(b)c", true],
  ])("%s and %s: %s", (pattern, path, expected) => {
    expect(compiled(pattern, path)).toBe(expected);
  });

  it("agrees with the obvious reference", () => {
    const text = fc.string({ unit: fc.constantFrom("a", "b", "/", "."), maxLength: 12 });
    const pattern = fc.string({
      unit: fc.constantFrom("a", "b", "/", ".", "*", "?"),
      maxLength: 8,
    });
    fc.assert(
      fc.property(pattern, text, (rest, path) => {
        expect(compiled(`/${rest}`, `/${path}`)).toBe(matches(`/${rest}`, `/${path}`));
      }),
      propertyRuns(8000),
    );
  });

  it("has no part that is tried twice, so a long path costs no more than its length", () => {
    const source = compilePathPattern(`/${"*a".repeat(20)}*b`, "pathPattern") ?? "";
    expect(source.match(/\[\^\]\*/g)).toHaveLength(1 + 20);
    expect(source.match(/\(\?=\(\[\^\]\*\?a\)\)\\\d+/g)).toHaveLength(20);
    expect(new RegExp(source).test(`/${"a".repeat(8000)}`)).toBe(false);
  });
});
