import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { propertyRuns } from "vitest-config/property-runs";
import { inlineLiteral } from "./inline-literal.ts";

const read = (code: string): unknown => new Function(`"use strict";return ${code}`)();

describe("inlineLiteral", () => {
  it("is the value again, whatever JSON it is", () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        const json = JSON.stringify(value);
        expect(JSON.stringify(read(inlineLiteral(JSON.parse(json))))).toBe(json);
      }),
      propertyRuns(400),
    );
  });

  it("has regular expressions as literals", () => {
    const value = { path: /^\/a\/[^/]+/i, list: [/\u2028/] };
    expect(read(inlineLiteral(value))).toEqual(value);
  });

  it.each([
    [/^\/a[^]*$/, String.raw`/^\/a[\s\S]*(?![\s\S])/`],
    [/[$\]^]\$$/i, String.raw`/[$\]^]\$(?![\s\S])/i`],
    [/a$/m, "/a$/m"],
    [new RegExp("[]|x"), "/(?!)|x/"],
  ])("FN-I-43: %s matches the same as a Perl regular expression", (pattern, literal) => {
    expect(inlineLiteral(pattern)).toBe(literal);
    for (const text of ["/a", "/a\n", "/b/a$", "$$", "]$", "x"]) {
      expect((read(literal) as RegExp).test(text)).toBe(pattern.test(text));
    }
  });

  it("has long text that occurs several times once", () => {
    const policy = "default-src 'self'; script-src 'self'";
    const literal = inlineLiteral({ document: { policy }, other: [policy, "short", "short"] });
    expect(literal.split(policy)).toHaveLength(2);
    expect(read(literal)).toEqual({ document: { policy }, other: [policy, "short", "short"] });
  });

  it("makes what a function returns when it is called", () => {
    const policy = "default-src 'self'; script-src 'self'";
    const literal = inlineLiteral({ policy, table: () => ({ policy, rules: [/^a/] }) });
    expect(literal.split(policy)).toHaveLength(2);
    const { table } = read(literal) as { readonly table: () => unknown };
    expect(table()).toEqual({ policy, rules: [/^a/] });
    expect(table()).not.toBe(table());
  });

  it("has __proto__ as a member", () => {
    const value = JSON.parse('{"__proto__":{"a":1}}');
    expect(Object.hasOwn(read(inlineLiteral(value)) as object, "__proto__")).toBe(true);
  });
});
