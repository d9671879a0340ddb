import { describe, expect, it } from "vitest";
import { compileSecretRedirect } from "./compile-secret-redirect.ts";
import { matchingRules } from "../edge/matching-rules.ts";
import type { RedirectRule } from "./redirect-rule.ts";

function compile(...rules: RedirectRule[]) {
  return compileSecretRedirect({ rules });
}

describe("the tree of rules", () => {
  it("finds every rule that matches a path, in the order of the options", () => {
    const { tree } = compile(
      { from: "/a", to: "/1", conditions: { country: "DE" } },
      { from: "/:x", to: "/2" },
      { from: "/a/", to: "/3" },
      { from: "/b", to: "/4", trailingSlash: "strict" },
      { from: "/*", to: "/5" },
    );
    expect(matchingRules(tree, "/a")).toEqual([0, 1, 2, 4]);
    expect(matchingRules(tree, "/b")).toEqual([1, 3, 4]);
    expect(matchingRules(tree, "/b/")).toEqual([1, 4]);
    expect(matchingRules(tree, "/a/b")).toEqual([4]);
  });

  it("is plain JSON", () => {
    const compiled = compile({ from: "/a/:b.c/*", to: "/:b/:splat" }, { from: "/x*", to: "/y" });
    expect(JSON.parse(JSON.stringify(compiled))).toEqual(compiled);
  });

  it("has a response once, however many rules give it", () => {
    const rules = Array.from({ length: 100 }, (_, index) => ({ from: `/${index}`, to: "/x" }));
    expect(compile(...rules).responses).toHaveLength(1);
  });

  it("of ten thousand rules is as deep as those of ten", () => {
    const rules = Array.from({ length: 10_000 }, (_, index) => ({
      from: `/s${index}/:x`,
      to: `/t${index}/:x`,
    }));
    const { tree } = compile(...rules);
    expect(Object.keys(tree.literals ?? {})).toHaveLength(10_000);
    expect(tree.literals?.["/s7"]).toEqual({ placeholder: { end: [7] } });
  });

  it("refuses patterns that overlap so much that a path would be tried against each of them", () => {
    const rules = Array.from({ length: 256 }, (_, bits) => ({
      from: Array.from({ length: 8 }, (_each, at) => (bits & (1 << at) ? "/a" : `/:p${at}`)).join(
        "",
      ),
      to: "/x",
    }));
    expect(() => compile(...rules)).toThrowErrorMatchingInlineSnapshot(
      `[SecretRedirectOptionsError: rules overlap too much: one path would be tried against 511 branches. Allowed: 256. Let fewer patterns have a placeholder where others have text at the same place.]`,
    );
  });
});
