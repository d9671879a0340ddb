import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { propertyRuns } from "vitest-config/property-runs";
import { compileSpaRewrite } from "../compile/compile-spa-rewrite.ts";
import { escapeClasses } from "./escape-classes.ts";

const characters = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index));
const taken = (pattern: RegExp): string => characters.filter((each) => pattern.test(each)).join("");

describe("the classes of a router's regular expression", () => {
  it.each([
    ["[a-z0-9-]+", "[a-z0-9\\-]+"],
    ["[-a-z]+", "[\\-a-z]+"],
    ["[^-]+", "[^\\-]+"],
    ["[\\w-]+", "[\\w\\-]+"],
    ["[\\w-.]+", "[\\w\\-.]+"],
    ["[\\w.-]+", "[\\w.\\-]+"],
    ["[a\\-z]", "[a\\-z]"],
    ["[+--]", "[+-\\-]"],
    ["(?:[(]|x)", "(?:[\\(]|x)"],
    ["[a&&b]", "[a\\&&b]"],
    ["[a-z]{2}", "[a-z]{2}"],
    ["\\[a-", "\\[a-"],
    ["[", undefined],
  ])("%s becomes %s under the flag v", (source, expected) => {
    expect(escapeClasses(source)).toBe(expected);
  });

  it("match what they matched", () => {
    const member = fc.constantFrom(..."abz09-_.&!()/|^$,~", "\\d", "\\w", "\\-", "a-f", "0-5");
    const classes = fc
      .tuple(fc.constantFrom("", "^"), fc.array(member, { minLength: 1, maxLength: 5 }))
      .map(([not, members]) => `[${not}${members.join("")}]`);
    fc.assert(
      fc.property(classes, (source) => {
        const escaped = escapeClasses(source);
        if (escaped === undefined) return;
        expect(taken(new RegExp(escaped, "v"))).toBe(taken(new RegExp(source)));
      }),
      propertyRuns(8000),
    );
  });

  it("are told with the right spelling, which is taken", () => {
    expect(() => compileSpaRewrite({ routes: ["/:slug([a-z0-9-]+)"] })).toThrow(
      'routes[0] has a regular expression that is not supported: got "/:slug([a-z0-9-]+)". URLPattern reads it with the flag v, under which a class takes no such character without a backslash. Write "([a-z0-9\\\\-]+)".',
    );
    expect(() => compileSpaRewrite({ routes: ["/:slug([a-z0-9\\-]+)"] })).not.toThrow();
  });
});
